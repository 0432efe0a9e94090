import BrowserTesting
import Testing
import WebTesting

extension `The portal in a browser` {
    @Suite struct `The page that checks receipts` {
        /// A receipt that holds, and then something else in its place.
        private func afterHolding(_ body: (Tab, _ receipt: String) async throws -> Void) async throws {
            let stage = try Stage.here
            let receipt = try await stage.site.get("/log/leaves/20/receipt").text
            let keys = try await stage.site.get("/log/keys").text
            try await stage.visit { tab in
                try await tab.open("/log/check")
                try await tab.choose(Self.quoted(receipt), as: "receipt")
                try await tab.give(keys, as: "key")
                try await tab.click("核对", in: "form")
                #expect(try await tab.verdict == "holds")
                try await body(tab, receipt)
            }
        }

        @Test func `takes its verdict back as soon as anything else is given`() async throws {
            for name in ["receipt", "key", "record"] {
                try await afterHolding { tab, _ in
                    try await tab.give("x", as: name)
                    #expect(try await tab.verdict == "none", "\(name)")
                    #expect(try await tab.value("document.getElementById('result').innerText") == "")
                }
            }
            try await afterHolding { tab, receipt in
                try await tab.choose(
                    Self.quoted(receipt.replacing("\nindex ", with: "\nindex 1")), as: "receipt")
                #expect(try await tab.verdict == "none")
                try await tab.click("核对", in: "form")
                #expect(try await tab.verdict == "fails")
            }
        }

        @Test func `forgets the bytes of before when a file is too large or cannot be read`() async throws {
            let unreadable = "File.prototype.arrayBuffer = () => Promise.reject('away')"
            for (content, before) in [("new Uint8Array(17 << 20)", ""), ("'x'", unreadable)] {
                try await afterHolding { tab, _ in
                    try await tab.run(before)
                    try await tab.choose(content, as: "receipt")
                    #expect(try await tab.verdict == "unchecked")
                    try await tab.click("核对", in: "form")
                    #expect(try await tab.verdict == "unchecked")
                    #expect(try await tab.words.contains("选择的文件没有读到"))
                }
            }
        }

        private static func quoted(_ text: String) -> String { "`\(text)`" }
    }
}

extension Tab {
    /// Chooses a file for a field, and waits until the page has its bytes.
    ///
    /// - Parameter content: JavaScript for the file's content.
    fileprivate func choose(_ content: String, as name: String) async throws {
        let _: Bool = try await promised(
            """
            (async () => {
              const list = new DataTransfer();
              list.items.add(new File([\(content)], 'a'));
              const input = document.getElementById('\(name)-file');
              input.files = list.files;
              input.dispatchEvent(new Event('change'));
              return list.files[0].arrayBuffer().then(() => true, () => false);
            })()
            """)
    }
}
