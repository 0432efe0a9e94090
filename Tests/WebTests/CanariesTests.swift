import Testing
import Web
import WebTesting

@Suite struct `Planted secrets` {
    @Test func `are found however they leak`() {
        var canaries = Canaries()
        let draft = canaries.plant("draft")
        let scoped = canaries.plant("scoped")
        #expect(canaries.found(in: "<p>\(draft)</p>") == ["draft"])
        #expect(canaries.found(in: "/x?q=\(Link.encoded(scoped))") == ["scoped"])
        #expect(canaries.found(in: draft.uppercased()) == ["draft"])
        #expect(canaries.found(in: String(scoped.prefix(5))) == ["scoped"])
        #expect(canaries.found(in: "\\u91d1\\u4e1d\\u96c0\\u96f6\\u58f9") == ["draft"])
        let cursor = Cursor(list: "rows", [.text("x" + draft)]).encoded
        #expect(canaries.found(in: cursor.replacing("-", with: "+").replacing("_", with: "/")) == ["draft"])
        #expect(canaries.found(in: "金丝雀 canary").isEmpty)
    }
}
