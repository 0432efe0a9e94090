import CivilTime
import Counting
import Obligations
import Storage
import Transparency

/// The totals that pages show, held against the rows that they count (统计核对): the whole, and each jurisdiction.
package struct CountAudit {
    private let transaction: Transaction
    private let day: Day

    package init(_ transaction: Transaction, on day: Day) {
        self.transaction = transaction
        self.day = day
    }

    /// The first that differs; nil where all agree, and where pages count the rows themselves.
    package func difference() throws -> LogAudit.Difference? {
        let jurisdictions = try transaction.obligations.jurisdictions().map(Optional.some)
        for jurisdiction in [nil] + jurisdictions {
            var filter = ObligationFilter(day: day, soon: day)
            filter.jurisdiction = jurisdiction
            guard let isTold = try isTold(filter) else { return nil }
            if !isTold { return LogAudit.Difference(ofTotals: jurisdiction ?? "") }
        }
        return nil
    }

    /// Whether the tally says what the rows do; nil where it is too far behind to say anything.
    private func isTold(_ filter: ObligationFilter) throws -> Bool? {
        do {
            guard let told = try transaction.tallies.counts(filter, past: false) else { return nil }
            return try told.byState == transaction.obligations.countsByState(filter)
        } catch is SchemaMismatch {
            return false
        }
    }
}
