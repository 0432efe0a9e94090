import HTTPTypes

/// What every page of a site has round it.
package struct Look: Sendable {
    package struct Entry: Sendable {
        package let title: String
        package let link: Link
        /// Stands in the short navigation of elder mode; the others are folded up behind it.
        package let isEssential: Bool

        package init(_ title: String, _ link: Link, isEssential: Bool = true) {
            self.title = title
            self.link = link
            self.isEssential = isEssential
        }
    }

    package let siteName: String
    package let tagline: String
    /// 网站标识码, the number under which a government site is registered; nil for a site that has none.
    package let siteCode: String?
    /// Where readers reach the site; nil where each request has to say it.
    package let address: SiteAddress?
    package let navigation: [Entry]
    package let footer: HTML
    /// Stands on top of every page, such as "示例数据": what nobody may overlook.
    package let notice: HTML?
    let stylesheets: [Manner.Colour: Asset]
    private let inTraditional: (@Sendable (String) -> String)?
    private let inEnglish: Phrases?

    /// - Parameters:
    ///   - stylesheet: the one stylesheet, UTF-8.
    ///   - inTraditional: turns Simplified characters into Traditional ones, line by line, and nothing else; nil
    ///     for a site that has none.
    ///   - inEnglish: the phrases of the interface in English; nil for a site that has none.
    package init(
        siteName: String, tagline: String = "", siteCode: String? = nil, address: SiteAddress? = nil,
        navigation: [Entry] = [], footer: HTML = "",
        notice: HTML? = nil,
        stylesheet: [UInt8], inTraditional: (@Sendable (String) -> String)? = nil,
        inEnglish: Phrases? = nil
    ) {
        self.siteName = siteName
        self.tagline = tagline
        self.siteCode = siteCode
        self.address = address
        self.navigation = navigation
        self.footer = footer
        self.notice = notice
        stylesheets = Stylesheet.assets(stylesheet)
        self.inTraditional = inTraditional
        self.inEnglish = inEnglish
    }

    /// The languages and scripts that this site can be shown in.
    package var languages: [Manner.Language] {
        Manner.Language.allCases.filter { language in
            switch language {
            case .simplified: true
            case .traditional: inTraditional != nil
            case .english: inEnglish != nil
            }
        }
    }

    /// A reader's manner as far as this site can follow it.
    func possible(_ manner: Manner) -> Manner {
        var possible = manner
        if !languages.contains(manner.language) { possible.language = .simplified }
        return possible
    }

    func stylesheet(_ colour: Manner.Colour) -> Asset {
        guard let asset = stylesheets[colour] else { preconditionFailure("a colour without a stylesheet") }
        return asset
    }
}

/// A file that the pages need, at an address that changes with its content and so may be kept for ever.
struct Asset: Sendable {
    let name, suffix, type: String
    let bytes: [UInt8]
    let fingerprint: String

    init(name: String, suffix: String, type: String, bytes: [UInt8]) {
        self.name = name
        self.suffix = suffix
        self.type = type
        self.bytes = bytes
        // FNV-1a, 64 bits: tells versions apart; nothing relies on it for safety.
        let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        fingerprint = String(hash, radix: 16)
    }

    /// `/assets/site-<fingerprint>.css`; the plain name is served too, to be asked about again each time.
    var link: Link { "/assets/\(name)-\(fingerprint).\(suffix)" }
    var plainName: String { "\(name).\(suffix)" }
    var fullName: String { "\(name)-\(fingerprint).\(suffix)" }
    static let forEver = "public, max-age=31536000, immutable"

    /// As it is sent under its plain name.
    var released: Released {
        .stylesheet(
            Output(
                status: 200, fields: [.contentType: type, .cacheControl: Keeping.askingAgain.rawValue],
                body: .bytes(bytes)))
    }
}

extension Look {
    /// The whole document, UTF-8.
    ///
    /// - Parameters:
    ///   - request: nil for an address that could not even be read.
    ///   - formats: the other formats of the same address.
    ///   - goesOn: whether the page shows a batch of a list, with more behind it.
    func document(
        _ page: Page, for request: WebRequest?, formats: [WebRequest.Format], goesOn: Bool = false,
        in manner: Manner
    ) -> [UInt8] {
        let here = request.map { $0.link() }
        let others = formats.compactMap { format in request.map { (format, $0.data(in: format)) } }
        let ways =
            others.map(Look.format)
            + [goesOn && formats.contains(.csv) ? Look.tableSize : nil].compactMap(\.self)
            + [page.feed].compactMap(\.self).map(Look.subscription)
        let thing = page.metadata?.thing
        let document: HTML = """
            <!doctype html>
            <html lang="\(manner.language.rawValue)"\(manner.attributes)>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(page.title) · \(siteName)</title>
            \(head(page.metadata, request))
            <link rel="stylesheet" href="\(stylesheet(manner.colour).link)">
            <link rel="icon" href="data:,">
            \(others.map(Look.alternate))\(page.feed.map(Look.alternate(feed:)))
            </head>
            <body>
            <a class="skip" href="#main">跳到正文</a>
            \(notice.map { "<aside class=\"notice\" aria-label=\"说明\">\($0)</aside>" as HTML })
            <header class="site-header">
            <div class="site-name"><a href="/">\(siteName)</a>\(when: !tagline.isEmpty, " <span>\(tagline)</span>")</div>
            \(MannerBar(manner: manner, languages: languages))
            <nav class="site-nav" aria-label="主导航"><ul>
            \(entries(navigation.filter { $0.isEssential || !manner.isElder }, here))
            </ul>\(when: manner.isElder, more(here))</nav>
            </header>
            <main id="main" tabindex="-1"\(thing?.attributes)>
            \(thing?.members { request?.knownAddress(of: $0) ?? $0 })
            \(when: manner.language == .english, Look.englishNote)
            \(when: !page.crumbs.isEmpty, crumbs(page))
            <h1\(when: thing != nil, " itemprop=\"name\"")>\(page.title)</h1>
            \(page.lead.map { "<div class=\"lead\">\($0)</div>" as HTML })
            \(page.body)
            </main>
            <footer class="site-footer">
            \(when: !ways.isEmpty, "<p class=\"formats\">本页数据：\(ways.joined(separator: " · "))</p>")
            \(footer)
            </footer>
            </body>
            </html>

            """
        return inLanguage(manner.language, document.bytes)
    }

    func inLanguage(_ language: Manner.Language, _ document: [UInt8]) -> [UInt8] {
        switch language {
        case .simplified: document
        case .traditional: inTraditional.map(PageText(document).rewritten) ?? document
        case .english: inEnglish.map { PageText(document).translated(from: .simplified, by: $0) } ?? document
        }
    }

    /// What an English page is, said before it is read.
    private static let englishNote: HTML = """
        <p class="quiet" lang="en">Only the interface is in English; records, names and the words of laws are shown as they were \
        published, in Chinese. The Chinese text is what counts.</p>
        """

    private static func alternate(_ format: WebRequest.Format, _ link: Link) -> HTML {
        format == .json
            ? "<link rel=\"alternate\" type=\"application/json\" href=\"\(link)\">"
            : "<link rel=\"alternate\" type=\"text/csv\" href=\"\(link)\">"
    }

    private static func alternate(feed: Link) -> HTML {
        "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"\(feed)\">"
    }

    private static func subscription(_ feed: Link) -> HTML { "<a href=\"\(feed)\">订阅（Atom）</a>" }

    private static func format(_ format: WebRequest.Format, _ link: Link) -> HTML {
        "<a href=\"\(link)\">\(format.rawValue.uppercased())</a>"
    }

    /// What a reader would otherwise find out by counting.
    private static let tableSize: HTML = "CSV 自本页起至多 \(WebRequest.tableRowsMax) 行"

    private func entries(_ entries: [Entry], _ here: Link?) -> [HTML] {
        entries.map { entry($0, isHere: here.map(entryContains($0)) ?? false) }
    }

    /// The rest of the navigation in elder mode.
    private func more(_ here: Link?) -> HTML {
        let rest = navigation.filter { !$0.isEssential }
        guard !rest.isEmpty else { return "" }
        return "<details><summary>更多栏目</summary><ul>\(entries(rest, here))</ul></details>"
    }

    private func entry(_ entry: Entry, isHere: Bool) -> HTML {
        "<li><a href=\"\(entry.link)\"\(when: isHere, " aria-current=\"page\"")>\(entry.title)</a></li>"
    }

    /// Whether a page lies at or under a navigation entry; the first page has only itself under it.
    private func entryContains(_ entry: Entry) -> (Link) -> Bool {
        { here in
            here == entry.link || (entry.link != "/" && here.address.hasPrefix(entry.link.address + "/"))
        }
    }

    private func crumbs(_ page: Page) -> HTML {
        """
        <nav class="crumbs" aria-label="所在位置"><ol itemscope itemtype="https://schema.org/BreadcrumbList">
        \(page.crumbs.enumerated().map { Look.crumb($1, number: $0 + 1) })
        <li aria-current="page"\(Look.crumbAttributes)><span itemprop="name">\(page.title)</span>\
        <meta itemprop="position" content="\(page.crumbs.count + 1)"></li>
        </ol></nav>
        """
    }

    private static let crumbAttributes: HTML =
        " itemprop=\"itemListElement\" itemscope itemtype=\"https://schema.org/ListItem\""

    private static func crumb(_ crumb: Page.Crumb, number: Int) -> HTML {
        """
        <li\(crumbAttributes)><a itemprop="item" href="\(crumb.link)"><span itemprop="name">\(crumb.title)</span></a>\
        <meta itemprop="position" content="\(number)"></li>
        """
    }

    /// The name of the site, without a port: that by which the reader reached it, unless it is known.
    private static func domain(of request: WebRequest?) -> String? {
        request?.wholeAddress(of: "/")?.address.split(separator: "/").dropFirst().first
            .flatMap { $0.split(separator: ":").first }.map(String.init)
    }

    /// The site's marks on every page, and the page's own after them: names of the 政府网站发展指引.
    private func head(_ metadata: PageMetadata?, _ request: WebRequest?) -> HTML {
        let known = [
            ("SiteName", siteName), ("SiteDomain", Look.domain(of: request)), ("SiteIDCode", siteCode),
        ]
        let names =
            known.compactMap { name, content in content.map { (name, $0) } }
            + (metadata?.names.map { ($0.name, $0.content) } ?? [])
        let canonical = metadata.flatMap { request?.wholeAddress(of: $0.canonical) }
        return """
            \(names.map { "<meta name=\"\($0.0)\" content=\"\($0.1)\">\n" as HTML })\
            \(canonical.map { "<meta name=\"Url\" content=\"\($0.address)\">\n<link rel=\"canonical\" href=\"\($0)\">" as HTML })
            """
    }
}
