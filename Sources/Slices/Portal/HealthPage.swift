import CivilTime
import Obligations
import Storage
import Transparency
import Web

/// `GET /health`: whether the instance can read its database, and how far it is. JSON at this very address.
///
/// `status` is `ok`, or `log-not-signed` while the transparency log is not signed, with the reason. The HTTP status is 200
/// for both: pages are served, and no load balancer should take them away.
struct HealthPage {
    let room: ReadingRoom
    let refusal: @Sendable () throws -> SigningRefusal?

    private struct Value: Encodable, Sendable {
        let status: String
        let day: Day
        let engine: String
        let journalHead: Int
        let lastClosedDay: OrNull<Day>
        /// Why the transparency log is not signed; null while it is.
        let signingRefused: OrNull<SigningRefusal>
    }

    func add(to routes: Routes) {
        let engine = room.database.engine.rawValue
        routes.get("health") { _ in
            let refusal = try refusal()
            let value = try await room.read { reading in
                Value(
                    status: refusal == nil ? "ok" : "log-not-signed", day: reading.day, engine: engine,
                    journalHead: try reading.transaction.journalHead(),
                    lastClosedDay: OrNull(try reading.transaction.ledger.lastClosedDay()?.day),
                    signingRefused: OrNull(refusal))
            }
            return try .data(value, meantFor: .everyone)
        }
    }
}
