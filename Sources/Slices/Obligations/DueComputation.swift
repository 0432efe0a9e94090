import CivilTime
import Law

/// One computation of a due day, kept for ever with everything it rested on (到期日计算).
package struct DueComputation: Sendable, Hashable, Codable {
    /// 1, 2, …: later ones replace earlier ones.
    package let number: Int
    package let lawVersion: String
    package let calendarVersion: String
    package let trigger: String
    package let triggerDay: Day
    package let choice: RuleChoice
    /// Chinese: why it was computed: `触发`, `更正触发日`, `节假日安排公布`.
    package let reason: String
    package let computedAt: String
}
