import CivilTime
import Obligations
import Storage
import Synchronization
import Transparency
import Web

/// `GET /health`: whether the instance can read its database, and how far it and its followers are. JSON at this very
/// address.
///
/// Open to anyone. `status` is `follower-stuck` when a follower has stood at one place for a minute while the journal was
/// ahead of it, as this process saw it from question to question; else `log-not-signed` while the transparency log is not
/// signed, with the reason. The HTTP status is 200 for all: pages are served, and no load balancer should take them away.
struct HealthPage {
    let room: ReadingRoom
    let finder: Finder?
    let refusal: @Sendable () throws -> SigningRefusal?
    private let watch = FollowerWatch()

    init(room: ReadingRoom, finder: Finder?, refusal: @escaping @Sendable () throws -> SigningRefusal?) {
        self.room = room
        self.finder = finder
        self.refusal = refusal
    }

    private struct Value: Encodable, Sendable {
        let status: String
        let day: Day
        let engine: String
        let journalHead: Int
        let lastClosedDay: OrNull<Day>
        let followers: [FollowerWatch.Row]
        /// Why the transparency log is not signed; null while it is.
        let signingRefused: OrNull<SigningRefusal>
    }

    func add(to routes: Routes) {
        routes.get("health") { _ in try .data(try await value(), meantFor: .everyone) }
    }

    private func value() async throws -> Value {
        // Before the journal's head is read, so that nobody seems ahead of it.
        let beside = try await finder?.marks() ?? []
        let engine = room.database.engine.rawValue
        let refusal = try refusal()
        return try await room.read { [watch] reading in
            let head = try reading.transaction.journalHead()
            let followers = watch.rows(try reading.transaction.followerMarks() + beside, head: head)
            return Value(
                status: followers.contains(where: \.stuck)
                    ? "follower-stuck" : refusal == nil ? "ok" : "log-not-signed",
                day: reading.day, engine: engine, journalHead: head,
                lastClosedDay: OrNull(try reading.transaction.ledger.lastClosedDay()?.day),
                followers: followers, signingRefused: OrNull(refusal))
        }
    }
}

/// Remembers where each follower stood when it was last asked about.
final class FollowerWatch: Sendable {
    struct Row: Encodable, Sendable, Equatable {
        let name: String
        /// The last journal row that it has followed.
        let bookmark: Int
        /// Journal rows that are ahead of it.
        let behind: Int
        let stuck: Bool
    }

    private static let patience = Duration.seconds(60)

    private struct Stand {
        let bookmark: Int
        let since: ContinuousClock.Instant
    }

    private let stands = Mutex<[String: Stand]>([:])

    /// Each follower once, by name.
    func rows(_ marks: [FollowerMark], head: Int, at now: ContinuousClock.Instant = .now) -> [Row] {
        let byName = Dictionary(marks.map { ($0.name, $0) }) { first, _ in first }
        return stands.withLock { stands in
            byName.values.sorted { $0.name < $1.name }.map { mark in
                let behind = max(0, head - mark.bookmark)
                let known = stands[mark.name].flatMap { $0.bookmark == mark.bookmark ? $0 : nil }
                let stand = behind == 0 ? nil : known ?? Stand(bookmark: mark.bookmark, since: now)
                stands[mark.name] = stand
                return Row(
                    name: mark.name, bookmark: mark.bookmark, behind: behind,
                    stuck: stand.map { now - $0.since >= Self.patience } ?? false)
            }
        }
    }
}
