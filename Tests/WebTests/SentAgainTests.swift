import Logging
import Synchronization
import Testing
import WebTesting

@testable import Web

/// How often its page was made, and whether what it rests on still stands.
private final class Record: Sendable {
    private let state = Mutex((made: 0, version: 1))

    var version: Int { state.withLock { $0.version } }
    var made: Int { state.withLock { $0.made } }
    func change() { state.withLock { $0.version += 1 } }

    func read() -> Int {
        let version = state.withLock { state in
            state.made += 1
            return state.version
        }
        Basis.collection?.add(Basis { self.version == version })
        return version
    }
}

private let long = String(repeating: "应当公开的，公开了没有。", count: 100)

private func site(_ record: Record = Record(), address: SiteAddress? = nil) -> Site {
    let routes = Routes(keepsAnswers: true)
    routes.get("kept") { _ in
        let version = record.read()
        return Answer(
            Page(title: "\(version)", "<p>\(long)</p>"), data: [version], meantFor: .everyone)
    }
    routes.get("baseless") { _ in
        .page(Page(title: "x", "<p>\(long)</p>"), meantFor: .everyone)
    }
    routes.get("county") { _ in
        let version = record.read()
        return .page(Page(title: "\(version) secret", "<p>\(long)</p>"), meantFor: .county)
    }
    routes.get("refused") { _ in
        _ = record.read()
        throw Problem(.notFound, code: "gone", detail: "没有了。")
    }
    let other = Routes(door: .county)
    other.get("own") { _ in .page(Page(title: "own", "<p>\(long)</p>"), meantFor: .county) }
    other.get("stream") { _ in
        .stream(type: "text/csv; charset=utf-8", meantFor: .everyone) { pieces in
            for number in 1...500 { try await pieces.write(Array("第\(number)行\n".utf8)) }
        }
    }
    other.get("picture") { _ in
        .bytes([UInt8](repeating: 0, count: 5000), type: "image/png", meantFor: .everyone)
    }
    other.get("short") { _ in .bytes(Array("short".utf8), type: "text/plain", meantFor: .everyone) }
    other.get("now") { _ in
        .bytes(Array(long.utf8), type: "text/plain", keeping: .notAtAll, meantFor: .everyone)
    }
    other.post("forms") { _ in .redirect(to: "/kept") }
    routes.add(other)
    return Site(routes, look: Look(siteName: "测试", address: address, stylesheet: Array(long.utf8)))
}

@Suite struct `An answer sent again` {
    @Test func `is not made again while it stands`() async throws {
        let record = Record()
        let site = site(record)
        let first = try await site.get("/kept")
        #expect(try await site.get("/kept").bytes == first.bytes)
        #expect(try await site.fetch("HEAD", "/kept").fields["content-length"] == String(first.bytes.count))
        #expect(record.made == 1)
        record.change()
        let second = try await site.get("/kept")
        #expect(
            record.made == 2 && second.text.contains("<h1>2</h1>")
                && second.fields["etag"] != first.fields["etag"])
    }

    @Test func `is not sent when the reader has it, nor made for that`() async throws {
        let record = Record()
        let site = site(record)
        let tag = try #require(try await site.get("/kept").fields["etag"])
        for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
            let answer = try await site.get("/kept", fields: ["If-None-Match": known])
            #expect(answer.status == 304 && answer.bytes.isEmpty, "\(known)")
            #expect(answer.fields["etag"] == tag && answer.fields["cache-control"] == "no-cache")
            #expect(answer.fields["vary"] == "Accept, Cookie, Accept-Encoding")
            #expect(answer.fields["content-length"] == nil && answer.fields["content-type"] == nil)
        }
        #expect(record.made == 1)
        #expect(try await site.get("/kept", fields: ["If-None-Match": "\"other\""]).status == 200)
        record.change()
        #expect(try await site.get("/kept", fields: ["If-None-Match": tag]).status == 200)
    }

    @Test func `has the same tag after a restart, and one that is not kept has a tag too`() async throws {
        #expect(try await site().get("/kept").fields["etag"] == site().get("/kept").fields["etag"])
        for path in ["/baseless", "/short", "/picture", "/assets/site.css", "/kept.json"] {
            let tag = try #require(try await site().get(path).fields["etag"], "\(path)")
            #expect(try await site().get(path, fields: ["If-None-Match": tag]).status == 304)
        }
        #expect(try await site().get("/now").fields["etag"] == nil)
        #expect(try await site().get("/refused").fields["etag"] == nil)
    }

    @Test func `is never one for others, and never a refusal`() async throws {
        let record = Record()
        let site = site(record)
        for round in 1...2 {
            #expect(try await site.get("/county").status == 404)
            #expect(try await site.get("/refused").status == 404)
            #expect(record.made == 2 * round)
        }
        #expect(site.server.keptAnswersUsed == 0)
    }

    @Test func `is one for every name that the site is reached by, where its address is known`() async throws
    {
        let record = Record()
        let site = site(record, address: SiteAddress("https://a.example"))
        let first = try await site.get("/kept")
        #expect(try await site.get("/kept", fields: ["X-Forwarded-Proto": "https"]).bytes == first.bytes)
        #expect(record.made == 1)
    }

    @Test func `keeps page and data, sites and ways of reading apart, and knows nothing of other cookies`()
        async throws
    {
        let record = Record()
        let site = site(record)
        #expect(try await site.get("/kept").text.hasPrefix("<!doctype"))
        #expect(try await site.get("/kept", fields: ["Accept": "application/json"]).text == "[1]\n")
        _ = try await site.get("/kept", fields: ["Cookie": "reading=sn-d"])
        _ = try await site.get("/kept", fields: ["X-Forwarded-Proto": "https"])
        #expect(record.made == 4)
        _ = try await site.get("/kept", fields: ["Cookie": "visitor=17; reading=sn-d"])
        _ = try await site.get("/kept", fields: ["Cookie": "visitor=18"])
        _ = try await site.get("/kept.json", fields: ["Cookie": "reading=sn-d"])
        #expect(record.made == 5)
    }
}

@Suite struct `A compressed answer` {
    private let gzip = ["Accept-Encoding": "br;q=1.0, gzip;q=0.8, *;q=0.1"]

    @Test(arguments: ["/kept", "/kept.json", "/baseless", "/assets/site.css"])
    func `says the same as the plain one, under a tag of its own`(path: String) async throws {
        let site = site()
        let plain = try await site.get(path)
        let packed = try await site.get(path, fields: gzip)
        guard plain.bytes.count >= 1024 else {
            #expect(packed.bytes == plain.bytes && packed.fields["content-encoding"] == nil)
            return
        }
        #expect(packed.fields["content-encoding"] == "gzip")
        #expect(packed.fields["content-length"] == String(packed.bytes.count))
        #expect(packed.bytes.count < plain.bytes.count / 2)
        #expect(`The coding of an answer`.inflated(packed.bytes) == plain.bytes)
        let tag = try #require(packed.fields["etag"])
        #expect(tag != plain.fields["etag"])
        for fields in [plain.fields, packed.fields] {
            #expect(fields["vary"]?.contains("Accept-Encoding") == true)
        }
        #expect(try await site.get(path, fields: gzip.merging(["If-None-Match": tag]) { $1 }).status == 304)
        #expect(try await site.get(path, fields: ["If-None-Match": tag]).status == 200)
        let head = try await site.fetch("HEAD", path, fields: gzip)
        #expect(head.bytes.isEmpty && head.fields["content-length"] == String(packed.bytes.count))
    }

    @Test(arguments: ["/picture", "/short", "/now", "/own", "/refused"])
    func `is not made of what does not grow smaller, or is not for everybody`(path: String) async throws {
        #expect(try await site().get(path, fields: gzip).fields["content-encoding"] == nil)
    }

    @Test func `may be a long one, piece by piece`() async throws {
        let site = Site(streaming())
        let plain = try await site.get("/stream")
        let packed = try await site.get("/stream", fields: gzip)
        #expect(packed.fields["content-encoding"] == "gzip" && packed.fields["content-length"] == nil)
        #expect(`The coding of an answer`.inflated(packed.bytes) == plain.bytes)
        #expect(plain.fields["vary"] == "Accept-Encoding" && packed.fields["vary"] == "Accept-Encoding")
    }

    private func streaming() -> Routes {
        let routes = Routes()
        routes.get("stream") { _ in
            .stream(type: "text/csv; charset=utf-8", meantFor: .everyone) { pieces in
                for number in 1...500 { try await pieces.write(Array("第\(number)行\n".utf8)) }
            }
        }
        return routes
    }

    @Test func `is refused in words to whoever takes nothing`() async throws {
        let refused = try await site().get("/kept", fields: ["Accept-Encoding": "br, identity;q=0"])
        #expect(refused.status == 406 && refused.text.contains("Accept-Encoding"))
        #expect(refused.fields["content-encoding"] == nil)
    }

    @Test func `arrives whole over a real connection`() async throws {
        let site = site()
        let plain = try await site.fetchOverNetwork("GET", "/kept")
        let packed = try await site.fetchOverNetwork("GET", "/kept", fields: gzip)
        #expect(packed.fields["content-encoding"] == "gzip")
        #expect(`The coding of an answer`.inflated(packed.bytes) == plain.bytes)
        let tag = try #require(packed.fields["etag"])
        let known = try await site.fetchOverNetwork(
            "GET", "/kept", fields: gzip.merging(["If-None-Match": tag]) { $1 })
        #expect(known.status == 304 && known.bytes.isEmpty && known.fields["content-length"] == nil)
        let stream = try await Site(streaming()).fetchOverNetwork("GET", "/stream", fields: gzip)
        #expect(`The coding of an answer`.inflated(stream.bytes).count > 4000)
    }
}

@Suite struct `The fields of a request` {
    @Test func `are refused in words when they are too many or too long`() async throws {
        let long = try await site().fetchOverNetwork(
            "GET", "/kept", fields: ["X-Long": String(repeating: "a", count: 17_000)])
        #expect(long.status == 431 && long.text.contains("头字段"))
        let many = Dictionary(uniqueKeysWithValues: (0..<120).map { ("X-F\($0)", "a") })
        #expect(try await site().fetchOverNetwork("GET", "/kept", fields: many).status == 431)
        #expect(try await site().fetchOverNetwork("GET", "/kept", fields: ["X-Long": "a"]).status == 200)
    }

    @Test func `of everybody's data let other sites use it, of pages not`() async throws {
        #expect(try await site().get("/kept").fields["cross-origin-resource-policy"] == "same-origin")
        #expect(try await site().get("/kept.json").fields["cross-origin-resource-policy"] == "cross-origin")
        #expect(try await site().get("/picture").fields["cross-origin-resource-policy"] == "cross-origin")
        #expect(try await site().get("/own").fields["permissions-policy"]?.contains("camera=()") == true)
    }

    /// Only a proxy on the same host is believed that the reader came encrypted.
    @Test func `ask for encryption where it was used`() async throws {
        let proxied = try await site().fetchOverNetwork(
            "GET", "/kept", fields: ["X-Forwarded-Proto": "https"])
        #expect(proxied.fields["strict-transport-security"] == "max-age=31536000")
        #expect(try await site().fetchOverNetwork("GET", "/kept").fields["strict-transport-security"] == nil)
        let stranger = try await site().get("/kept", fields: ["X-Forwarded-Proto": "https"])
        #expect(stranger.fields["strict-transport-security"] == nil)
    }
}
