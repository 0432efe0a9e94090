import Law
import People
import Storage

/// Says in the journal which law data this instance goes by from now on (法规数据版本). A second time changes nothing.
package struct ReleaseLaw {
    package let version: String
    /// SHA-256 of the files, lower-case hex.
    package let sha256: String

    package init(version: String, sha256: String) {
        self.version = version
        self.sha256 = sha256
    }

    package func perform(in transaction: Transaction, _ occasion: Occasion) throws {
        let last = try transaction.journal(about: "law", version, limit: 1).first
        guard last?.change["sha256"] != sha256 else { return }
        transaction.journal(occasion.entry("law.released", "law", version, ["sha256": sha256]))
    }
}
