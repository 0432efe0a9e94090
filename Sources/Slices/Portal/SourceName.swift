/// What a source is called on pages (来源名称); data keep the code that names its records.
///
/// The sources of the built-in forms have codes. Any other source bears the name that its form or a declaration gave it.
enum SourceName {
    private static let known = [
        "ggzy.gov.cn": "全国公共资源交易平台",
        "guangzhou-titles": "广州招标采购公告标题清单",
        "hospital-tenders": "医院招标采购公告聚合数据",
        "policy-texts": "法律法规和政策文件汇编",
        "web-page": "保存的公告网页",
        "zhengzhou-land-notices": "郑州国有建设用地使用权挂牌公告数据",
        "zhengzhou-land-results": "郑州国有建设用地使用权出让结果数据",
    ]

    static func of(_ source: String) -> String { known[source] ?? source }
}
