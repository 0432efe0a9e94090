/// A file that a page links to, named as the page names it (附件). It is not fetched.
package struct LinkedFile: Sendable, Hashable {
    /// The link's words; empty where it shows none.
    package let name: String
    /// As the page writes it.
    package let address: String

    init(name: String, address: String) {
        self.name = name
        self.address = address
    }

    private static let endings = [
        "pdf", "ofd", "doc", "docx", "wps", "xls", "xlsx", "et", "csv", "ppt", "pptx", "zip", "rar", "7z",
    ]

    /// Leads somewhere else than into the page itself.
    var isLink: Bool {
        let start = address.lowercased()
        return !address.isEmpty && !start.hasPrefix("#") && !start.hasPrefix("javascript:")
            && !start.hasPrefix("mailto:") && !start.hasPrefix("tel:")
    }

    /// Leads to a file of a kind that papers are kept in, told by the ending of its path.
    var isPaper: Bool {
        let path = address.prefix { $0 != "?" && $0 != "#" }.lowercased()
        return isLink && Self.endings.contains { path.hasSuffix("." + $0) }
    }
}
