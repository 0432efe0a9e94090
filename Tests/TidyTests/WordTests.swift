import Testing

@Suite struct `Sources` {
    @Test func `hold no banned word`() throws {
        let files = try Repository.here.sources(under: "Sources")
        let findings = files.flatMap { WordCheck.findings(in: $0) } + WordCheck.uncheckedFindings(in: files)
        #expect(findings.isEmpty, "\(findings.report)")
    }

    @Test func `hold SQL in stores only`() throws {
        let findings = try Repository.here.sources(under: "Sources").flatMap { SQLCheck.findings(in: $0) }
        #expect(findings.isEmpty, "\(findings.report)")
    }

    @Test func `have no drawers`() throws {
        let files = try Repository.here.files(under: "Sources") + Repository.here.files(under: "Tests")
        let table = try PackageTable(manifest: Repository.here.text("Package.swift"))
        let findings = files.flatMap { DrawerCheck.findings(path: $0) } + DrawerCheck.findings(in: table)
        #expect(findings.isEmpty, "\(findings.report)")
    }
}

@Suite struct `The word check` {
    private func lines(_ text: String, path: String = "Sources/Slices/A/B.swift") -> [Int] {
        WordCheck.findings(in: SourceFile(path: path, text: text)).map(\.line)
    }

    @Test(arguments: [
        "let now = Date()", "let value = try! read()", "let value = try? read()", "do { } catch {}",
        "do { } catch {\n}", "do { } catch   { // nothing\n }", "fatalError(\"no\")", "Task.detached { }",
        "final class A: @unchecked Sendable {}", "let sql = \"SELECT * FROM body\"", "// TODO: later",
        "// FIXME", "let now = Date.now",
        "let text = \"today is \\(Date())\"",
    ])
    func `finds`(text: String) {
        #expect(lines("\n" + text) == [2])
    }

    @Test(arguments: [
        "let due = DueDate()", "// no Date() here", "let text = \"try! and try? and catch {}\"",
        "do { } catch { throw error }", "let x = #\"\"\"\nfatalError(\n\"\"\"#",
        "/* nested /* Date() */ try! */",
        "let pattern = /Date()\"/", "let TODOS = 1", "func `calls Date() twice`() {}",
    ])
    func `lets pass`(text: String) {
        #expect(lines(text) == [])
    }

    @Test func `allows one unchecked Sendable in PostgreSQL and no second`() {
        let path = "Sources/Foundations/Storage/PostgreSQL/Connection.swift"
        let one = SourceFile(path: path, text: "final class A: @unchecked Sendable {}")
        let two = SourceFile(path: path, text: one.text + "\n" + one.text)
        #expect(WordCheck.findings(in: one).isEmpty)
        #expect(WordCheck.uncheckedFindings(in: [one]).isEmpty)
        #expect(WordCheck.uncheckedFindings(in: [two]).map(\.line) == [2])
    }

    @Test(arguments: [
        ("Sources/Slices/A/Page.swift", 1), ("Sources/Slices/A/ItemStore.swift", 0),
        ("Sources/Slices/A/ItemSchema.swift", 0), ("Sources/Foundations/Storage/Journal.swift", 0),
    ])
    func `finds SQL outside a store`(path: String, expected: Int) {
        for statement in [
            "SELECT id\n  FROM item", "INSERT INTO item VALUES (1)", "DELETE FROM item",
            "UPDATE item SET a = 1",
            "CREATE UNIQUE INDEX i ON item (a)",
        ] {
            let file = SourceFile(path: path, text: "let sql: SQL = \"\"\"\n\(statement)\n\"\"\"")
            #expect(SQLCheck.findings(in: file).count == expected)
        }
        let prose = SourceFile(path: path, text: "let text = \"Select one from the list; UPDATE it\"")
        #expect(SQLCheck.findings(in: prose).isEmpty)
    }

    @Test(arguments: [
        ("Sources/Core/A.swift", 1), ("Sources/Slices/A/StringHelpers.swift", 1),
        ("Sources/Slices/A/String+Extensions.swift", 1), ("Sources/Slices/A/RowManager.swift", 1),
        ("Sources/Slices/Misc/B.swift", 1), ("Tests/ATests/Utils.swift", 1),
        ("Sources/Slices/A/SharedSecret.swift", 0), ("Sources/Foundations/COpenCC/shim.h", 0),
        ("Sources/Slices/A/CommonTongue.swift", 0),
    ])
    func `finds drawers`(path: String, expected: Int) {
        #expect(DrawerCheck.findings(path: path).count == expected)
    }
}

@Suite struct `A source file taken apart` {
    @Test func `keeps the code inside an interpolation and the words around it`() {
        let file = SourceFile(path: "A.swift", text: #"let a = "x \(f(")", 1) + g()) y \" z"; b()"#)
        #expect(file.code.contains("f(") && file.code.contains("g()") && file.code.contains("; b()"))
        #expect(file.literals.map(\.content).contains("x   y \" z"))
    }

    @Test func `keeps line numbers through long strings`() {
        let file = SourceFile(
            path: "A.swift", text: "let a = \"\"\"\n一\n\"quoted\" \\\"\"\"\n\"\"\"\nlet b = 1 / 2 / 3")
        #expect(file.codeLines.last?.number == 5)
        #expect(file.codeLines.last?.text == "let b = 1 / 2 / 3")
        #expect(file.literals.count == 1)
    }
}
