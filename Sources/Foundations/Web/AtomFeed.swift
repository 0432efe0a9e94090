import CivilTime

/// News for a feed reader (订阅): Atom, RFC 4287.
///
/// Text is escaped and control characters are dropped. Ids name no host, so they stay when a site moves.
package struct AtomFeed: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        let id: [String]
        let title: String
        let author: String
        let updated: String
        let summary: String
        let link: Link

        /// - Parameters:
        ///   - id: the same for the same thing for ever, from the kind to the single one.
        ///   - updated: an instant as stores write it, UTC.
        package init(
            id: [String], title: String, author: String, updated: String, summary: String, link: Link
        ) {
            self.id = id
            self.title = title
            self.author = author
            self.updated = updated
            self.summary = summary
            self.link = link
        }
    }

    package static let mediaType = "application/atom+xml; charset=utf-8"
    package static let entriesMax = 50

    let id: [String]
    let title: String
    let asOf: Day
    let address: Link
    let page: Link
    let entries: [Entry]

    /// - Parameters:
    ///   - asOf: the day of which all this is true; an empty feed is as new as that day.
    ///   - address: where the feed itself is.
    ///   - page: the page that says the same to people.
    ///   - entries: the first 50 are written.
    package init(id: [String], title: String, asOf: Day, address: Link, page: Link, entries: [Entry]) {
        self.id = id
        self.title = title
        self.asOf = asOf
        self.address = address
        self.page = page
        self.entries = Array(entries.prefix(AtomFeed.entriesMax))
    }

    package var bytes: [UInt8] {
        let feed: HTML = """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
            <id>\(AtomFeed.urn(id))</id>
            <title>\(AtomFeed.cleaned(title))</title>
            <updated>\(updated)</updated>
            <link rel="self" type="application/atom+xml" href="\(address)"/>
            <link rel="alternate" type="text/html" href="\(page)"/>
            <generator>Sundial</generator>
            \(entries.map(AtomFeed.written))</feed>

            """
        return feed.bytes
    }

    /// The newest entry's; the day began in Beijing at 16:00 UTC of the day before.
    private var updated: String {
        entries.map(\.updated).max() ?? "\(asOf.adding(days: -1))T16:00:00Z"
    }

    private static func written(_ entry: Entry) -> HTML {
        """
        <entry>
        <id>\(urn(entry.id))</id>
        <title>\(cleaned(entry.title))</title>
        <updated>\(entry.updated)</updated>
        <author><name>\(cleaned(entry.author))</name></author>
        <link rel="alternate" type="text/html" href="\(entry.link)"/>
        <summary>\(cleaned(entry.summary))</summary>
        </entry>

        """
    }

    private static func urn(_ parts: [String]) -> String {
        (["urn:sundial"] + parts.map { Link.encoded($0) }).joined(separator: ":")
    }

    /// On one line, without what XML 1.0 cannot hold.
    private static func cleaned(_ text: String) -> String {
        var cleaned = String.UnicodeScalarView()
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\n", "\r", "\t": cleaned.append(" ")
            case "\u{FFFE}", "\u{FFFF}": continue
            case _ where scalar.properties.generalCategory == .control: continue
            default: cleaned.append(scalar)
            }
        }
        return String(cleaned)
    }
}

extension Answer {
    package static func feed(_ feed: AtomFeed, meantFor audience: Audience) -> Answer {
        .bytes(feed.bytes, type: AtomFeed.mediaType, meantFor: audience)
    }
}
