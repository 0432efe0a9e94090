import CivilTime

/// Somebody's word that a source holds everything of a body, item and period (来源完整性声明).
///
/// Before it, absence from our database is not absence from the world: nothing imported is overdue.
package struct SourceCoverage: Sendable, Hashable, Codable {
    package let id: String
    package let source: String
    /// The channel that the source is: a complete trading platform says nothing of the portals.
    package let channel: String
    /// Empty means every body of the jurisdiction.
    package let body: String
    package let jurisdiction: String
    /// Empty means every item.
    package let item: String
    package let from: Day
    package let to: Day
    package let declaredBy: String
    package let declaredAt: String
    /// When it was taken back, by whom and why; empty while it stands.
    package let endedAt: String
    package let endedBy: String
    package let endedReason: String

    package var stands: Bool { endedAt.isEmpty }
}
