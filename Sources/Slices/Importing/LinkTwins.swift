import People
import Storage

/// Compares notices that were imported before twins were looked for, some at a time.
///
/// Each is read again from its own record, in the form it came in. A second time nothing changes. Journals
/// `twins.compared` when anything was kept.
package struct LinkTwins {
    /// The last publication of the time before; empty at first.
    package let after: String
    package let limit: Int

    package init(after: String, limit: Int) {
        self.after = after
        self.limit = limit
    }

    package struct Outcome: Sendable {
        /// Where to go on; nil when all have been looked at.
        package let last: String?
        package let compared: Int
        /// Their form is none of the known ones, or their record is gone.
        package let unreadable: Int
    }

    package func perform(
        in transaction: Transaction, forms: [NoticeForm], _ occasion: Occasion
    ) throws -> Outcome {
        let records = try transaction.imports.uncompared(after: after, limit: limit)
        var (compared, kept) = (0, 0)
        for record in records {
            guard let notice = notice(record, forms) else { continue }
            compared += 1
            let fingerprints = NoticeTwins(notice: notice).fingerprints
            try transaction.twins.link(fingerprints, of: record.publication, isNew: true, at: occasion.now)
            if !fingerprints.isEmpty { kept += 1 }
        }
        if kept > 0, let first = records.first {
            transaction.journal(
                occasion.entry(
                    "twins.compared", "publication", first.publication, ["notices": String(kept)]))
        }
        let isEnd = records.count < limit
        return Outcome(
            last: isEnd ? nil : records.last?.publication, compared: compared,
            unreadable: records.count - compared)
    }

    private func notice(_ record: KeptRecord, _ forms: [NoticeForm]) -> ParsedNotice? {
        let id = record.form.split(separator: "/").first.map(String.init)
        guard let form = forms.first(where: { $0.id == id }) else { return nil }
        switch NoticeReader(form: form).read(line: record.content, number: 1) {
        case .success(let raw): return NoticeExtraction(form: form).extract(raw)
        case .failure: return nil
        }
    }
}
