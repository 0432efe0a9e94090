import CivilTime
import Foundation
import Testing
import Web

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct `Atom feeds` {
    private func entry(
        _ title: String, id: String = "1", updated: String = "2026-10-12T01:30:00Z"
    ) -> AtomFeed.Entry {
        AtomFeed.Entry(
            id: ["publication", id], title: title, author: "示例县教育局", updated: updated, summary: "首次公开。",
            link: "/publications/\(id)")
    }

    private func feed(_ entries: [AtomFeed.Entry], title: String = "公开信息") throws -> [UInt8] {
        let day = try #require(Day("2026-12-16"))
        return AtomFeed(
            id: ["feed", "publications"], title: title, asOf: day, address: "/feeds/publications.atom",
            page: "/publications", entries: entries
        ).bytes
    }

    @Test func `hold what RFC 4287 demands of a feed and of an entry`() throws {
        #expect(
            String(decoding: try feed([entry("教育经费情况")]), as: UTF8.self) == """
                <?xml version="1.0" encoding="utf-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
                <id>urn:sundial:feed:publications</id>
                <title>公开信息</title>
                <updated>2026-10-12T01:30:00Z</updated>
                <link rel="self" type="application/atom+xml" href="/feeds/publications.atom"/>
                <link rel="alternate" type="text/html" href="/publications"/>
                <generator>Sundial</generator>
                <entry>
                <id>urn:sundial:publication:1</id>
                <title>教育经费情况</title>
                <updated>2026-10-12T01:30:00Z</updated>
                <author><name>示例县教育局</name></author>
                <link rel="alternate" type="text/html" href="/publications/1"/>
                <summary>首次公开。</summary>
                </entry>
                </feed>

                """)
    }

    @Test(arguments: [
        ("<b>&\"'</b>", "<b>&\"'</b>"), ("]]><!-- a", "]]><!-- a"), ("x\u{0}\u{7}\u{1B}y", "xy"),
        ("一\r\n二\t三", "一 二 三"), ("\u{FFFE}\u{FFFF}z\u{85}", "z"), ("𠮷", "𠮷"),
        ("</title><entry>", "</title><entry>"),
    ])
    func `are well-formed whatever a title holds`(text: String, read: String) throws {
        let found = try XMLReading(feed([entry(text)], title: text))
        #expect(found.texts["title"] == [read, read])
        #expect(found.texts["id"]?.count == 2)
    }

    @Test func `are as new as their newest entry, or as their day when they have none`() throws {
        let two = [entry("一"), entry("二", id: "2", updated: "2026-11-02T00:00:00Z")]
        #expect(try XMLReading(feed(two)).texts["updated"]?.first == "2026-11-02T00:00:00Z")
        let none = try XMLReading(feed([]))
        #expect(none.texts["updated"] == ["2026-12-15T16:00:00Z"] && none.texts["entry"] == nil)
    }

    @Test func `hold fifty entries and no more`() throws {
        let found = try XMLReading(feed((1...51).map { entry("公告", id: String($0)) }))
        #expect(found.texts["entry"]?.count == 50)
        #expect(found.texts["id"]?.last == "urn:sundial:publication:50")
    }

    @Test func `keep an id to what a URN may hold`() throws {
        let found = try XMLReading(feed([entry("公告", id: "a b:é")]))
        #expect(found.texts["id"]?.last == "urn:sundial:publication:a%20b%3A%C3%A9")
    }
}

@Suite struct `Site maps` {
    @Test func `hold fifty thousand addresses and no more, escaped`() throws {
        let first: Link = try #require(Link(outside: "https://example.org/a?b=1&c=2"))
        let found = try XMLReading(SiteMap(Array(repeating: first, count: 50_001)).bytes)
        #expect(found.texts["loc"]?.count == 50_000)
        #expect(found.texts["loc"]?.first == "https://example.org/a?b=1&c=2")
    }
}

/// The texts of a document by the names of their elements, as an XML parser that is not ours reads them.
private struct XMLReading {
    let texts: [String: [String]]

    init(_ bytes: [UInt8]) throws {
        let (parser, listener) = (XMLParser(data: Data(bytes)), Listener())
        parser.delegate = listener
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        texts = listener.texts
    }

    private final class Listener: NSObject, XMLParserDelegate {
        var texts: [String: [String]] = [:]
        private var open: [String] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            open.append("")
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            open[open.count - 1] += text
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            texts[name, default: []].append(open.removeLast())
        }
    }
}
