import ChineseText
import Testing

@Suite struct `Text in Traditional characters` {
    /// By dictionary, not by this program.
    @Test(arguments: [
        ("公开义务", "公開義務"), ("采购与征收", "採購與徵收"), ("头发和发展", "頭髮和發展"), ("皇后在后天之后", "皇后在後天之後"),
        ("干部防干旱", "幹部防乾旱"), ("面条和表面", "麵條和表面"), ("2026-01-31", "2026-01-31"), ("", ""),
        ("一行\n\n二行\n", "一行\n\n二行\n"), ("&amp;&lt;", "&amp;&lt;"), ("繁體", "繁體"),
    ])
    func `chooses the character by the word`(simplified: String, traditional: String) {
        #expect(TraditionalScript.of(simplified) == traditional)
    }

    /// As the words are, told by another program; one longest match after another would read 准备, 心系, 假发.
    @Test(arguments: [
        ("审批核准备案信息", "審批核准備案信息"), ("准备案件材料", "準備案件材料"), ("有人声明了来源完整", "有人聲明了來源完整"),
        ("可以向应当公开它的机关提出", "可以向應當公開它的機關提出"), ("按历日数", "按曆日數"), ("从不合并", "從不合併"),
        ("日起才算，未见才列为", "日起才算，未見才列為"), ("核对考核", "核對考核"), ("中心系统", "中心系統"), ("依规定制定", "依規定制定"),
        ("告知认定制度", "告知認定制度"), ("公告发布之日", "公告發佈之日"), ("没有采集到", "沒有採集到"), ("休假发生的", "休假發生的"),
        ("确定中标人并发出通知书", "確定中標人並發出通知書"), ("成交确认书签订之日", "成交確認書簽訂之日"),
    ])
    func `is told by words and not by what reaches across them`(simplified: String, traditional: String) {
        #expect(TraditionalScript.of(simplified) == traditional)
    }

    /// By CC-CEDICT, in the words around them in which they stand in the interface, in notices and in the table of regions.
    @Test(arguments: [
        ("对复议决定不服的", "對復議決定不服的"), ("申请行政复议", "申請行政復議"), ("倒签日期", "倒簽日期"), ("反复议论", "反覆議論"),
        ("连同它一起复制到可写的文件夹", "連同它一起複製到可寫的文件夾"), ("修复制度", "修復制度"), ("新华发行集团", "新華發行集團"),
        ("区卫生发展指导中心", "區衛生發展指導中心"), ("环境卫生发包第三方", "環境衛生發包第三方"), ("全自动表面张力仪", "全自動表面張力儀"),
        ("校医托管服务", "校醫託管服務"), ("训练中心游泳池", "訓練中心游泳池"), ("不准转让", "不准轉讓"), ("不准确的", "不準確的"),
        ("标准和批准", "標準和批准"), ("\u{1E}复议\u{1F}和复议", "復議和復議"), ("公里", "公里"), ("这里的", "這裡的"), ("征收与采矿", "徵收與採礦"),
        ("制定、制作、管制", "制定、製作、管制"),
        ("汇总", "彙總"), ("划拨、范围、台账", "劃撥、範圍、臺賬"), ("新干部", "新幹部"), ("上海市徐汇区", "上海市徐匯區"),
        ("江西省新干县", "江西省新干縣"), ("安徽省岳西县", "安徽省岳西縣"), ("岳阳市云溪区", "岳陽市雲溪區"),
    ])
    func `has the word that is meant`(simplified: String, traditional: String) {
        #expect(TraditionalScript.of(simplified) == traditional)
    }

    @Test func `is the same from many tasks at once`() async {
        await withTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { TraditionalScript.of("政府信息公开条例") } }
            for await text in group { #expect(text == "政府信息公開條例") }
        }
    }
}
