import Law
import Web

/// What a site calls itself to readers and to those who inspect government sites (网站名称、网站标识码).
package struct SiteIdentity: Sendable, Hashable {
    package let name: String
    /// Ten digits, given when the site is registered; nil for a site that has none.
    package let code: String?
    /// Where readers reach it; nil where each request has to say it.
    package let address: SiteAddress?

    /// The name of the program, where an instance gives itself none.
    package static let usualName = "日晷"
    private static let nameMax = 60

    package init() {
        name = Self.usualName
        code = nil
        address = nil
    }

    /// - Parameter baseURL: `http` or `https`, host and port, without a path.
    /// - Throws: for a name that is no line of 1…60 characters, a code that is not ten digits, or another base URL.
    package init(name: String, code: String?, baseURL: String? = nil) throws {
        try EnteredText(name, as: "网站名称（--site-name）").checkLine(max: Self.nameMax)
        guard !name.allSatisfy(\.isWhitespace) else { throw SiteIdentityProblem.nameMissing }
        if let code, code.utf8.count != 10 || !code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            throw SiteIdentityProblem.codeUnreadable(code)
        }
        address = try baseURL.map { text in
            guard let address = SiteAddress(text) else { throw SiteIdentityProblem.baseURLUnreadable(text) }
            return address
        }
        self.name = name
        self.code = code
    }
}

/// Why a site cannot be called so.
package enum SiteIdentityProblem: Refusal, Hashable {
    case nameMissing
    case codeUnreadable(String)
    case baseURLUnreadable(String)

    package var kind: RefusalKind { .invalid }

    package var code: String {
        switch self {
        case .nameMissing: "site-name-missing"
        case .codeUnreadable: "site-code-unreadable"
        case .baseURLUnreadable: "site-base-url-unreadable"
        }
    }

    package var detail: String {
        switch self {
        case .nameMissing: "网站名称不能为空（--site-name）。"
        case .codeUnreadable(let code): "“\(code.prefix(20))”不是网站标识码：须为 10 位数字（--site-code）。"
        case .baseURLUnreadable(let text):
            "“\(text.prefix(100))”不能作网站地址（--base-url）：须为 https:// 或者 http:// 加主机名和端口，不带路径，如 https://example.gov.cn。"
        }
    }
}
