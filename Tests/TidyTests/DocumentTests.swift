import Testing

@Suite struct `The repository` {
    private func documents() throws -> [(path: String, text: String)] {
        try Repository.here.keptFiles().filter { $0.hasSuffix(".md") }.map {
            ($0, try Repository.here.text($0))
        }
    }

    @Test func `keeps nothing that the build makes and no path of one machine`() throws {
        let findings = try Repository.here.keptFiles().flatMap { path -> [Finding] in
            guard let text = try? Repository.here.text(path) else {
                return KeptFileCheck.findings(path: path)
            }
            return KeptFileCheck.findings(path: path) + KeptFileCheck.findings(path: path, text: text)
        }
        #expect(findings.isEmpty, "\(findings.report)")
    }

    @Test func `has documents whose links and paths lead somewhere`() throws {
        let findings = try documents().flatMap {
            DocumentCheck.links(in: $0.path, text: $0.text, exists: Repository.here.exists)
                + DocumentCheck.paths(in: $0.path, text: $0.text, exists: Repository.here.exists)
        }
        #expect(findings.isEmpty, "\(findings.report)")
    }

    @Test func `has an index of the law that lists every page`() throws {
        let index = "docs/law/README.md"
        let pages = try Repository.here.files(under: "docs/law").filter { $0 != index }
            .map { String($0.dropFirst("docs/law/".count)) }
        let findings = DocumentCheck.index(index, text: try Repository.here.text(index), pages: pages)
        #expect(findings.isEmpty, "\(findings.report)")
    }

    @Test(arguments: ["README.md", "README.zh-CN.md"])
    func `shows every command in`(document: String) throws {
        let findings = DocumentCheck.commands(
            in: document, text: try Repository.here.text(document),
            sources: try Repository.here.sources(under: "Sources/App/sundial"))
        #expect(findings.isEmpty, "\(findings.report)")
    }
}

@Suite struct `The check of documents` {
    @Test(arguments: [
        ("[a](docs/a.md)", 0), ("[a](docs/gone.md)", 1), ("[a](https://example.org/x)", 0), ("[a](#part)", 0),
        ("[a](docs/a.md#part)", 0), ("[a](../a.md)", 1),
    ])
    func `follows links`(text: String, expected: Int) {
        let findings = DocumentCheck.links(in: "README.md", text: text) { $0 == "docs/a.md" }
        #expect(findings.count == expected)
    }

    @Test func `follows links from the folder of the document`() {
        let exists = { (path: String) in path == "README.md" }
        #expect(
            DocumentCheck.links(in: "docs/law/a.md", text: "[a](../../README.md)", exists: exists).isEmpty)
        #expect(DocumentCheck.links(in: "docs/law/a.md", text: "[a](README.md)", exists: exists).count == 1)
    }

    @Test func `wants every page in the index`() {
        #expect(DocumentCheck.index("README.md", text: "[a](a.md)", pages: ["a.md"]).isEmpty)
        #expect(DocumentCheck.index("README.md", text: "[a](a.md)", pages: ["a.md", "b.md"]).count == 1)
    }

    @Test(arguments: [("see `Sources/App/`", 0), ("see `Sources/Gone`", 1), ("`make test`", 0)])
    func `looks for paths in backticks`(text: String, expected: Int) {
        #expect(DocumentCheck.paths(in: "A.md", text: text) { $0 == "Sources/App" }.count == expected)
    }

    @Test func `wants every command shown`() {
        let source = SourceFile(
            path: "Sources/App/sundial/Cover.swift",
            text:
                "CommandConfiguration(\n    commandName: \"not-applicable\", abstract: \"commandName in prose\")"
        )
        #expect(DocumentCheck.commandNames(in: [source]) == ["not-applicable"])
        #expect(
            DocumentCheck.commands(in: "R", text: "$ sundial not-applicable X", sources: [source]).isEmpty)
        #expect(DocumentCheck.commands(in: "R", text: "not-applicable", sources: [source]).count == 1)
    }

    @Test(arguments: [
        ("Package.resolved", 1), (".build/debug/x", 1), (".build-release/x", 1), ("Sources/A/B.swift", 0),
    ])
    func `finds what the build makes`(path: String, expected: Int) {
        #expect(KeptFileCheck.findings(path: path).count == expected)
    }

    @Test func `finds paths of one machine`() {
        let bad = "a\nlet folder = \"" + "/wo" + "rk/notes\""
        #expect(KeptFileCheck.findings(path: "A", text: bad).map(\.line) == [2])
        #expect(KeptFileCheck.findings(path: "A", text: "https://example.org/wo" + "rk/1").isEmpty)
    }
}
