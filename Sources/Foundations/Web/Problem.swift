/// Why an address cannot answer: RFC 9457, as a document or a page.
///
/// Slices know nothing of it: they refuse in their own closed enums, which the server's `translate` turns
/// into this. The table below is the only place where a kind becomes a status.
package struct Problem: Error, Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case notFound, invalid, conflict, forbidden, tooMuch, later
    }

    package let kind: Kind
    /// Stable, lower case, dashed: `obligation-not-found`.
    package let code: String
    /// One sentence for the reader.
    package let detail: String
    /// The clause behind a legal refusal, or nil.
    package let clause: String?
    /// A status that says more than the kind's own, for what only the web can refuse.
    var exactStatus: Int?
    var allowedMethods: [String]?
    /// The same page without what was wrong about its address.
    var repaired: Link?

    package init(_ kind: Kind, code: String, detail: String, clause: String? = nil) {
        self.kind = kind
        self.code = code
        self.detail = detail
        self.clause = clause
    }

    package var status: Int {
        if let exactStatus { return exactStatus }
        return switch kind {
        case .notFound: 404
        case .invalid: 400
        case .conflict: 409
        case .forbidden: 403
        case .tooMuch: 429
        case .later: 503
        }
    }

    package var title: String {
        switch status {
        case 404: "没有找到"
        case 405: "不支持这种操作"
        case 406: "没有合适的格式"
        case 408: "等待超时"
        case 409: "与现有情况冲突"
        case 403: "不能这样做"
        case 413, 414, 431: "内容太长"
        case 429: "请求太多"
        case 500: "系统出错"
        case 503: "请稍后再试"
        default: "请求有误"
        }
    }
}

extension Problem {
    static func exactly(_ status: Int, _ kind: Kind, code: String, detail: String) -> Problem {
        var problem = Problem(kind, code: code, detail: detail)
        problem.exactStatus = status
        return problem
    }

    static let noSuchPage = Problem(.notFound, code: "page-not-found", detail: "这个地址没有页面。请检查地址，或者从首页查找。")
    static let pathTooLong = exactly(414, .invalid, code: "path-too-long", detail: "地址太长。")
    static let queryTooLong = exactly(414, .invalid, code: "query-too-long", detail: "查询条件太长，请缩短。")
    static let bodyTooLarge = exactly(413, .tooMuch, code: "body-too-large", detail: "提交的内容太大。")
    static let bodyTooSlow = exactly(
        408, .later, code: "body-too-slow", detail: "提交的内容迟迟没有收完，没有受理。请检查网络后重新提交。")
    static let fieldsTooLarge = exactly(
        431, .invalid, code: "fields-too-large", detail: "请求的头字段太多或者太长。如果是 Cookie 造成的，请清除本站的 Cookie 后再试。")
    static let noCoding = exactly(
        406, .invalid, code: "coding-not-acceptable",
        detail: "请求只接受本站没有的内容编码（Accept-Encoding）。本站的内容可以不压缩，或者用 gzip 压缩。")
    static let addressUnreadable = Problem(
        .invalid, code: "address-unreadable", detail: "地址中有无法识别的编码（应为 UTF-8 的百分号编码）。")
    static let foreignForm = Problem(
        .forbidden, code: "foreign-form", detail: "表单不是从本站提交的，没有受理。请回到本站的页面重新提交。")

    static func wrongMethod(_ allowed: [String]) -> Problem {
        var problem = exactly(
            405, .invalid, code: "method-not-allowed",
            detail: "这个地址只支持 \(allowed.joined(separator: "、"))。")
        problem.allowedMethods = allowed
        return problem
    }

    static func parameter(_ name: String, _ should: String) -> Problem {
        Problem(.invalid, code: "parameter-invalid", detail: "参数 \(name) \(should)。")
    }

    /// - Parameters:
    ///   - known: those that the address takes.
    ///   - repaired: the page without the unknown ones.
    static func unknownParameters(_ names: [String], known: [String], without repaired: Link) -> Problem {
        let own = known.isEmpty ? "" : "可以用的参数：\(known.joined(separator: "、"))。"
        var problem = Problem(
            .invalid, code: "parameter-unknown",
            detail: "这一页没有参数“\(names.joined(separator: "、"))”，不能照它筛选。\(own)请改正或者去掉它。")
        problem.repaired = repaired
        return problem
    }

    /// Nothing of the error itself: the log has it under the same number.
    static func ourMistake(_ id: String) -> Problem {
        exactly(500, .later, code: "internal-error", detail: "系统内部出错，已经记录。如需查询，请提供编号 \(id)。")
    }
}

extension Problem {
    static let mediaType = "application/problem+json; charset=utf-8"

    private struct Document: Encodable {
        let type, title: String
        let status: Int
        let code, detail: String
        let clause: String?
        let instance: String?
    }

    func document(instance: String? = nil) throws -> [UInt8] {
        try JSON.encoded(
            Document(
                type: "urn:problem:\(code)", title: title, status: status, code: code, detail: detail,
                clause: clause, instance: instance))
    }

    var page: Page {
        Page(
            title: title,
            """
            <div class="problem" role="alert">
            <p class="problem-detail">\(detail)</p>
            \(clause.map { "<p>依据：\($0)</p>" as HTML })
            <p class="quiet">状态 \(status) · \(code)</p>
            </div>
            <ul class="ways-on">
            \(repaired.map { "<li><a href=\"\($0)\">不带它打开这一页</a></li>" as HTML })
            <li><a href="/">回到首页</a></li>
            <li><a href="/search">搜索</a></li>
            </ul>
            """)
    }
}
