import CivilTime
import Obligations
import Storage
import Web

/// `GET /health`: whether the instance can read its database, and how far it is. JSON at this very address.
struct HealthPage {
    let room: ReadingRoom

    private struct Value: Encodable, Sendable {
        let status: String
        let day: Day
        let engine: String
        let journalHead: Int
        let lastClosedDay: OrNull<Day>
    }

    func add(to routes: Routes) {
        let engine = room.database.engine.rawValue
        routes.get("health") { _ in
            let value = try await room.read { reading in
                Value(
                    status: "ok", day: reading.day, engine: engine,
                    journalHead: try reading.transaction.journalHead(),
                    lastClosedDay: OrNull(try reading.transaction.ledger.lastClosedDay()?.day))
            }
            return try .data(value, meantFor: .everyone)
        }
    }
}
