import Markup

/// A saved web page as one row: its title, its text, and what it says of itself.
///
/// The members are `file`, `title`, `text`, one named by its `TextForm` where the text has marks, `meta.NAME`
/// for each fact in its head, names in lower case, and where it links to files, `attachments` with their
/// `name` and `url`.
package struct CarriedPage: Sendable {
    package let row: JSONValue
    package let losses: [FileLoss]

    /// - Parameters:
    ///   - name: the file's name, by which its record is known again.
    ///   - bytes: UTF-8.
    package init(name: String, _ bytes: [UInt8]) throws(HTMLProblem) {
        let page = try HTMLDocument(bytes)
        var members = [
            JSONMember(name: "file", value: .string(name)),
            JSONMember(name: "title", value: .string(Self.title(page))),
            JSONMember(name: "text", value: .string(page.text)),
        ]
        if let written = WrittenText(page.words) {
            members.append(JSONMember(name: written.form.rawValue, value: .string(written.text)))
        }
        for (name, content) in page.metas.sorted(by: { $0.key < $1.key }) {
            members.append(JSONMember(name: "meta." + name, value: .string(content)))
        }
        if !page.files.isEmpty {
            members.append(JSONMember(name: "attachments", value: .array(page.files.map(Self.attachment))))
        }
        row = .object(members)
        let dropped = page.dropped.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value) 处" }
        losses = [
            dropped.isEmpty
                ? nil
                : FileLoss(
                    code: "markup-dropped", rows: 0, firstRow: 0,
                    detail: "网页中不属于正文的内容没有采用：\(dropped.joined(separator: "、"))。"),
            page.tablesTooLarge == 0
                ? nil
                : FileLoss(
                    code: "table-too-large", rows: 0, firstRow: 0,
                    detail: "网页的表格展开后超过 \(HTMLDocument.tablePlacesMax) 格：有 \(page.tablesTooLarge) 个没有排成表格，"
                        + "单元格各成一行，对照来源的网页阅读。"),
        ].compactMap(\.self)
    }

    /// A file without a name of its own is called as its path ends.
    private static func attachment(_ file: LinkedFile) -> JSONValue {
        let path = file.address.prefix { $0 != "?" && $0 != "#" }
        let name = file.name.isEmpty ? path.split(separator: "/").last.map(String.init) ?? "" : file.name
        return .object([
            JSONMember(name: "name", value: .string(name)),
            JSONMember(name: "url", value: .string(file.address)),
        ])
    }

    /// What the page calls the article; else its first heading; else the title of the window.
    private static func title(_ page: HTMLDocument) -> String {
        let named = page.metas["articletitle"]?.tidied ?? ""
        return named.isEmpty ? page.headings.first ?? page.title : named
    }
}
