import Foundation
import Storage
import Testing
import WebTesting

@testable import Web

extension `The portal in a browser` {
    @Suite struct `The sample in English` {
        /// What a reader may ask for in vain.
        private static let refusals = [
            "/bodies/x", "/calendar/1800", "/chains/x", "/columns/SX/x", "/due?month=x", "/obligations/x",
            "/obligations?body=x", "/obligations?field=x", "/obligations?item=x",
            "/obligations?jurisdiction=x",
            "/obligations?limit=x", "/obligations?on=2099-01-01", "/obligations?on=x", "/projects/x",
            "/publications/x",
        ]

        @Test func `keeps in Chinese only what stands word for word in the record or the law`() async throws {
            let stage = try Stage.here
            let record = try await RecordWords(in: [stage.database, stage.searchIndex])
            var pages = try await PageTypes.addresses(on: stage)
            pages["in every state"] = try await Self.obligations(on: stage)
            pages["refused"] = Self.refusals
            for (route, addresses) in pages {
                for address in addresses {
                    let page = try await stage.site.get(
                        address, fields: ["Accept": "text/html", "Cookie": "reading=en-a"])
                    // What is found is quoted from the index, which has the texts of a thing one behind the other.
                    let left = record.missing(from: page.text, quotesTheIndex: route == "GET /search")
                    #expect(left.isEmpty, "\(address): these words are the interface's and have no English")
                }
            }
        }

        private static func obligations(on stage: Stage) async throws -> [String] {
            let list = try JSONSerialization.jsonObject(
                with: Data(await stage.site.get("/obligations.json").bytes))
            let counts = (list as? [String: Any])?["counts"] as? [String: Int] ?? [:]
            var addresses: [String] = []
            for (state, count) in counts where count > 0 {
                addresses.append(
                    "/obligations/" + (try await stage.first("/obligations.json?state=" + state)))
            }
            #expect(addresses.count > 10)
            return addresses
        }
    }
}

/// The texts of the record, of the law's files and of the plans' tables, to tell them from words of the interface.
private struct RecordWords {
    private let known: Set<String>
    private let all: Data

    /// Our own words in a file: what a reader may do.
    private static let ours: Set<String> = ["english.csv", "recourse.json"]

    init(in databases: [any Database]) async throws {
        var texts = try Self.files()
        for database in databases { texts += try await Self.texts(of: database) }
        known = Set(texts.flatMap(Self.parts))
        all = Data(texts.joined(separator: "\n").utf8)
    }

    private static func texts(of database: any Database) async throws -> [String] {
        try await database.read { transaction in
            let tables = try transaction.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
            return try tables.flatMap { table in
                try transaction.rows(SQL(stringLiteral: "SELECT * FROM \(table.string("name"))"))
                    .flatMap(\.values).compactMap(text)
            }
        }
    }

    private static func text(_ value: SQLValue) -> String? {
        switch value {
        case .text(let text): text
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .null, .integer, .real: nil
        }
    }

    private static func files() throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Kernel/BuiltIn/files")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { ["json", "csv"].contains($0.pathExtension) && !ours.contains($0.lastPathComponent) }
            .map { try String(contentsOf: $0, encoding: .utf8) }
    }

    /// Without the marks by which pages and files put texts of the record together, and without the English round them.
    private static func parts(of text: String) -> [String] {
        text.replacing(": ", with: "\n").replacing(" · ", with: "\n")
            .split { "，、；（）\";,\n…".contains($0) }
            .map { String($0.drop(while: isAround).reversed().drop(while: isAround).reversed()) }
    }

    private static func isAround(_ character: Character) -> Bool { !("\u{4E00}"..."\u{9FFF}" ~= character) }

    /// What a page in English says in Chinese on its own account.
    func missing(from page: String, quotesTheIndex: Bool) -> Set<String> {
        // What was left in Chinese is marked so, and would be left alone as a language of its own.
        let unmarked = PageText(Array(page.replacing("<span lang=\"zh-Hans\">", with: "<span>").utf8))
        return unmarked.texts.reduce(into: []) { missing, text in
            for part in Self.parts(of: Self.plain(text)) where !part.isEmpty && !holds(part) {
                let words = part.split(separator: " ").map(String.init)
                if !quotesTheIndex || !words.allSatisfy(holds) { missing.insert(part) }
            }
        }
    }

    private func holds(_ part: String) -> Bool {
        known.contains(part) || all.range(of: Data(part.utf8)) != nil
    }

    private static func plain(_ text: String) -> String {
        text.replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}
