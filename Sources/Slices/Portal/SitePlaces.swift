import CivilTime
import Web

/// A page of the site that everybody can go to by itself, and what is found there.
struct SitePlace: Sendable {
    let link: Link
    let title: String
    let content: String
}

/// The pages of the site by what a reader comes for: what the site map shows and what search engines are told.
struct SitePlaces: Sendable {
    let title: String
    let places: [SitePlace]

    private init(_ title: String, _ places: [(link: Link, title: String, content: String)]) {
        self.title = title
        self.places = places.map { SitePlace(link: $0.link, title: $0.title, content: $0.content) }
    }

    /// - Parameter day: whose year the calendar is opened at.
    static func all(on day: Day) -> [SitePlaces] {
        [
            SitePlaces(
                "找",
                [
                    ("/", "首页", "发生了什么、欠什么、迟了什么"),
                    ("/progress", "进度查询", "按纸上的任何编号查项目做到哪一步"),
                    ("/search", "搜索", "机关、项目、文件和正文里的词"),
                ]),
            SitePlaces(
                "应当公开的",
                [
                    ("/columns", "公开领域", "每个辖区的每个领域一个栏目"),
                    ("/obligations", "公开义务", "谁应当公开什么、最迟哪一天、现在怎样"),
                    ("/due", "到期日历", "每一天有哪些到期，可以订阅"),
                    ("/bodies", "公开主体", "每个机关的公开记录"),
                    ("/figures", "统计图", "逐月逐机关的按时率、欠什么、金额"),
                ]),
            SitePlaces(
                "已经公开的",
                [
                    ("/publications", "公开信息", "新收到的在前，可以订阅"),
                    ("/projects", "项目", "每个项目一条时间线，缺的也看得见"),
                    ("/policies", "政策文本", "文件和它的各个版本"),
                ]),
            SitePlaces(
                "目录与规则",
                [
                    ("/catalogue", "公开事项目录", "方案所列的全部事项"),
                    ("/catalogue/tasks", "工作任务", "方案分给各单位的任务"),
                    ("/catalogue/settings", "方案不一致之处", "方案之间不一致或者没有写明的，怎样取法"),
                    ("/chains", "流程图", "每一类项目依次经过哪些环节"),
                    ("/about/rules", "时限规则", "每条规则和它的条款"),
                    ("/calendar/\(day.year)", "工作日历", "哪天上班、哪天休息，依据哪个通知"),
                ]),
            SitePlaces(
                "为什么可信",
                [
                    ("/about/figures", "数字怎么来的", "每个数字数什么、不数什么"),
                    ("/log", "透明日志", "什么时候公开了什么，任何人都能核对"),
                    ("/log/check", "核对回执", "在自己的机器上核对一份日志回执"),
                ]),
            SitePlaces(
                "本站",
                [
                    ("/reading", "阅读设置", "字号、配色、简繁、长者模式"),
                    ("/accessibility", "无障碍声明", "合什么标准、怎么测试的、还差什么"),
                    ("/site-map", "网站地图", "本页"),
                ]),
        ]
    }
}
