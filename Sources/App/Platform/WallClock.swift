import CivilTime
import Glibc
import People

/// The clock on the wall of Asia/Shanghai: the one place where the time of day enters.
package struct WallClock: Sendable {
    private let seconds: @Sendable () -> Int

    package init() {
        seconds = { time(nil) }
    }

    /// A clock that stands still, for tests.
    package init(standingAt seconds: Int) {
        self.seconds = { seconds }
    }

    /// The civil day in Asia/Shanghai, UTC+8 all year since 1991.
    package var today: Day { Day(ordinal: (seconds() + 8 * 3600).quotient(86400)) }

    /// Seconds since 1970-01-01T00:00:00Z.
    package var now: Int { seconds() }

    /// Who acts now.
    package func occasion(_ actor: String) -> Occasion {
        Occasion(actor: actor, now: WallClock.instant(seconds()), today: today)
    }

    /// An instant as the database writes it, UTC, `YYYY-MM-DDTHH:MM:SSZ`.
    package static func instant(_ seconds: Int) -> String {
        let day = Day(ordinal: seconds.quotient(86400))
        let rest = seconds - day.ordinal * 86400
        return "\(day)T\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))Z"
    }

    private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

extension Int {
    /// Division that rounds down, also below zero.
    fileprivate func quotient(_ divisor: Int) -> Int {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}
