import StorageTesting
import Testing
import WebTesting

@testable import Portal
@testable import Storage

@Suite struct `The health of an instance` {
    private func mark(_ bookmark: Int) -> FollowerMark {
        FollowerMark(
            name: "search", epoch: "e", version: 1, bookmark: bookmark, leaseHolder: "", leaseUntil: 0)
    }

    @Test func `tells of a follower that stands still for a minute while the journal goes on`() {
        let watch = FollowerWatch()
        let start = ContinuousClock.now
        func row(_ bookmark: Int, head: Int, after seconds: Int) -> FollowerWatch.Row? {
            watch.rows([mark(bookmark)], head: head, at: start + .seconds(seconds)).first
        }
        #expect(row(5, head: 5, after: 0)?.behind == 0)
        #expect(row(5, head: 8, after: 100) == .init(name: "search", bookmark: 5, behind: 3, stuck: false))
        #expect(row(5, head: 9, after: 159)?.stuck == false)
        #expect(row(5, head: 9, after: 160)?.stuck == true)
        // It moves: slow is not stuck.
        #expect(row(6, head: 20, after: 161)?.stuck == false)
        #expect(row(20, head: 20, after: 400) == .init(name: "search", bookmark: 20, behind: 0, stuck: false))
    }

    @Test(arguments: Backend.available)
    func `names its followers`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let health = try await county.site().object("/health")
            #expect(health["status"] as? String == "ok")
            #expect(health["followers"] is [Any])
        }
    }
}
