import Testing

@testable import Importing

/// Notices of a county that does not exist, in the form of the national platform.
enum Invented {
    /// One line of a file. Fields of `more` stand beside the usual ones or replace them.
    static func line(
        _ text: String, title: String = "青石县图书馆书架采购项目公开招标公告", business: String = "政府采购",
        info: String = "采购/资审公告", published: String = "2026-03-16 17:36", more: [String: JSONValue] = [:]
    ) -> [UInt8] {
        var fields: [String: JSONValue] = [
            "record_id": .string("qs-0001"), "title": .string(title), "publish_date": .string(published),
            "content_text": .string(text), "business_type": .string(business), "info_type": .string(info),
            "region": .string("青石省"), "project_code": .string("QSZC-2026-0007"),
            "detail_url": .string("https://www.example.gov.cn/a/1.html"), "structured_fields": .object([]),
        ]
        fields.merge(more) { _, new in new }
        return JSONValue.object(fields.map { JSONMember(name: $0.key, value: $0.value) }).canonicalBytes
    }

    static func raw(_ line: [UInt8]) throws -> RawNotice {
        try NoticeReader(form: builtInForm()).read(line: line, number: 1).get()
    }

    static func notice(
        _ text: String, title: String = "青石县图书馆书架采购项目公开招标公告", business: String = "政府采购",
        info: String = "采购/资审公告", published: String = "2026-03-16 17:36", more: [String: JSONValue] = [:]
    ) throws -> ParsedNotice {
        let line = line(text, title: title, business: business, info: info, published: published, more: more)
        return NoticeExtraction(form: try builtInForm()).extract(try raw(line))
    }

    /// A tender notice that offers documents in one span and takes bids until a day.
    static func offer(documents: String, deadline: String, period: String = "5个工作日", method: String = "公开招标")
        -> String
    {
        """
        项目概况
        青石县图书馆书架采购项目的潜在供应商应在青石交易平台获取采购文件，并于\(deadline)（北京时间）前递交文件。
        一、项目基本情况
        项目编号：QSZC-2026-0007
        项目名称：青石县图书馆书架采购项目
        采购方式：\(method)
        预算金额：1,234,567.80元
        三、获取采购文件
        时间：\(documents)
        四、投标文件提交
        截止时间：\(deadline)
        六、公告期限
        自本公告发布之日起\(period)。
        八、联系方式
        1.采购人信息
        名称：青石县文化馆
        2.采购代理机构信息
        名称：青石招标代理有限公司
        """
    }

    static func candidates(publicity: String, more: String = "") -> String {
        """
        青石桥修缮工程中标候选人公示
        公示期：\(publicity)
        招标人：青石县公路管理站
        中标候选人排序
        中标候选人名称
        投标报价（元）
        工期
        1
        青石路桥建设有限公司
        1000000.50
        90日历天
        2
        白石路桥建设有限公司
        1100000
        95日历天
        项目负责人业绩见投标文件，证书编号青2026001，资格能力条件符合要求，评标情况见附件。
        \(more)
        """
    }
}
