import Web

/// `GET /accessibility`: whom this site lets in, how that is tested, and where it falls short (无障碍声明).
///
/// Says only what a test of the program holds every page to, and what none does.
struct AccessibilityPage {
    func add(to routes: Routes) {
        routes.get("accessibility") { _ in .page(page, meantFor: .everyone) }
    }

    private var page: Page {
        Page(
            title: "无障碍声明", lead: "<p>本站的页面以《网页内容无障碍指南》（WCAG）2.2 的 AA 级为准。这里写明怎么测试、哪些没有测试、哪些还做不到。</p>",
            crumbs: [.init("首页", "/")],
            """
            <h2>任何人都能做的</h2>
            <ul>
            <li>不用鼠标：只用 Tab 键和回车键就能走到每一处，看得见焦点在哪里；第一个链接跳到正文。</li>
            <li>不用脚本：关掉 JavaScript，每一页照样能读、能查；只有核对回执的页面要用它来计算。</li>
            <li>放大到 400%，或者屏幕只有 320 像素宽，不用左右滚动。</li>
            <li>图旁边都有表格，写着同样的数字；颜色之外，另有符号和文字说明状态。</li>
            <li><a href="/reading">阅读设置</a>里可以换简体、繁体、英文界面，字号，浅色、深色、护眼色和高对比度；长者模式一按就开。</li>
            <li>打印出来是正文、地址和二维码，没有导航。</li>
            </ul>
            <h2>怎么测试</h2>
            <p>程序每次改动，都由程序自己的测试在 Chromium 浏览器里逐类打开全部页面：</p>
            <ul>
            <li>axe-core 4.12.1 的规则，在浅色、深色、高对比度、护眼色、长者模式和繁体下，没有一处不合；</li>
            <li>Nu HTML 检查器，中文和英文界面；</li>
            <li>320 像素和 640 像素宽，最大字号，读者自定的行距、段距、字距，都没有被截掉或者挡住的字；</li>
            <li>可以点的地方至少 24 像素见方；</li>
            <li>只用键盘、关掉脚本、手机屏幕，走完查项目、看公告、看更正、看逾期的全程。</li>
            </ul>
            <h2>没有测试的</h2>
            <ul>
            <li>没有请残障人士试用，没有用真的读屏软件逐页听过，没有经过外部机构评测；</li>
            <li>只在 Chromium 里测试，没有在其他浏览器里测试。</li>
            </ul>
            <h2>还做不到的</h2>
            <ul>
            <li>采集来的公告保留来源的段落和表格：来源没有写表头的表格，这里也没有；</li>
            <li>附件在来源的网站上，本站不知道它们能不能被读屏软件读出；</li>
            <li>英文界面只译界面上的字，公告的内容和名称仍是中文，并标明是中文；</li>
            <li>繁体由程序转换，专名可能转得不对，以简体为准。</li>
            </ul>
            <h2>遇到障碍</h2>
            <p>请告诉运行本站的单位，写明网址、用的设备和软件。某项信息读不了的，可以向应当公开它的机关申请提供：\
            各项义务的页面上，“您可以做什么”写明向谁提出。</p>
            """)
    }
}
