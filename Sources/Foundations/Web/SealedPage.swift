import Crypto
import Foundation

/// A page in one file with one script and one style of its own, which asks nothing of any server (单文件页面).
///
/// It works the same when it was saved and is opened from a disk. Its policy names the script and the style by
/// their SHA-256, so that no other script can run in it, and forbids every request; the policy is sent with it and
/// stands in it. No other page of a site may run a script.
package struct SealedPage: Sendable {
    /// UTF-8.
    package let bytes: [UInt8]
    let policy: String
    let language: Manner.Language

    /// - Parameters:
    ///   - style: CSS, UTF-8, without the text `</`.
    ///   - script: JavaScript, UTF-8, without the text `</`; it runs after the body was read.
    package init(title: HTML, style: [UInt8], script: [UInt8], body: HTML) {
        self.init(title: title, style: style, script: script, body: body, in: .simplified) { $0 }
    }

    /// The same under the site's name and links, in a language of the site, with the type and colours that its reader chose.
    ///
    /// - Parameters:
    ///   - script: in that language already.
    ///   - here: its own address. The links are whole, so that they lead from a saved file, too.
    package init(
        title: HTML, style: [UInt8], script: [UInt8], body: HTML, in language: Manner.Language, of look: Look,
        at here: Link, for request: WebRequest
    ) {
        let manner = request.manner
        let header = look.sealedHeader(language, here) { request.wholeAddress(of: $0) ?? $0 }
        self.init(
            title: title, style: Stylesheet.bytes(style, for: manner.colour), script: script,
            body: "\(header)\n\(body)", in: language, as: manner.attributes
        ) { look.inLanguage(language, $0) }
    }

    private init(
        title: HTML, style: [UInt8], script: [UInt8], body: HTML, in language: Manner.Language,
        as attributes: HTML = "", rewritten: ([UInt8]) -> [UInt8]
    ) {
        precondition(
            !SealedPage.endsElement(style) && !SealedPage.endsElement(script),
            "a style or a script would end its element")
        let policy =
            "default-src 'none'; script-src '\(SealedPage.source(script))'; "
            + "style-src '\(SealedPage.source(style))'; img-src data:; form-action 'none'; base-uri 'none'"
        // A page cannot forbid by its own words to be framed; the server can.
        self.language = language
        self.policy = policy + "; frame-ancestors 'none'"
        let head: HTML = """
            <!doctype html>
            <html lang="\(language.rawValue)"\(attributes)>
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>\(title)</title>
            <link rel="icon" href="data:,">

            """
        let middle: HTML = "\n</head>\n<body>\n\(body)\n"
        let end: HTML = "\n</body>\n</html>\n"
        bytes = rewritten(
            head.bytes + Array("<style>".utf8) + style + Array("</style>".utf8) + middle.bytes
                + Array("<script>".utf8) + script + Array("</script>".utf8) + end.bytes)
    }

    private static func source(_ bytes: [UInt8]) -> String {
        "sha256-" + Data(SHA256.hash(data: Data(bytes))).base64EncodedString()
    }

    private static func endsElement(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains("</")
    }
}

extension Look {
    /// The site's name, links and languages. The switches of other pages are forms, which no sealed page may send.
    fileprivate func sealedHeader(_ language: Manner.Language, _ here: Link, whole: (Link) -> Link) -> HTML {
        let others = languages.filter { $0 != language }.map { other -> HTML in
            let link = whole(here.adding([("language", other.rawValue)]))
            return "<li><a href=\"\(link)\" lang=\"\(other.rawValue)\">\(other.name)</a></li>\n"
        }
        return """
            <header>
            <p><a href="\(whole("/"))">\(siteName)</a>\(when: !tagline.isEmpty, " \(tagline)")</p>
            <nav aria-label="主导航"><ul>
            \(navigation.map { "<li><a href=\"\(whole($0.link))\">\($0.title)</a></li>\n" as HTML })</ul></nav>
            <nav aria-label="语言"><ul>
            \(others)</ul></nav>
            </header>
            """
    }
}
