import CivilTime

extension LawFile {
    /// Refuses the file when anything in it could not be counted, shown or looked up.
    func check() throws(LawFileError) {
        guard !version.isEmpty else { throw LawFileError(detail: "version: a law file names its version") }
        let kinds = Set(eventKinds.map(\.kind))
        guard kinds.count == eventKinds.count else {
            throw LawFileError(detail: "eventKinds: a kind stands twice")
        }
        for rule in rules { try rule.check(kinds: kinds) }
        try checkVersions()
        try checkChains(kinds: kinds)
    }

    /// One version of a rule is in force on a day.
    private func checkVersions() throws(LawFileError) {
        for (index, rule) in rules.enumerated() {
            for other in rules[(index + 1)...] where other.id == rule.id {
                let later = max(rule.effectiveFrom, other.effectiveFrom)
                guard rule.inForce(on: later), other.inForce(on: later) else { continue }
                throw LawFileError(detail: "rule \(rule.id): two versions are in force on \(later)")
            }
        }
    }

    private func checkChains(kinds: Set<String>) throws(LawFileError) {
        var seen: Set<String> = []
        for chain in chains {
            for step in chain.steps {
                try check(step, of: chain, kinds: kinds)
                guard seen.insert(step.event).inserted else {
                    throw LawFileError(detail: "chain \(chain.id): the step \(step.event) stands twice")
                }
            }
        }
    }

    private func check(_ step: Chain.Step, of chain: Chain, kinds: Set<String>) throws(LawFileError) {
        for kind in [step.event, step.boundFrom].compactMap(\.self) where !kinds.contains(kind) {
            throw LawFileError(detail: "chain \(chain.id): unknown event kind \(kind)")
        }
        guard (step.bound == nil) == (step.boundFrom == nil) else {
            throw LawFileError(
                detail: "chain \(chain.id): \(step.event) needs both bound and boundFrom, or neither")
        }
        guard let bound = step.bound else { return }
        let versions = rules.filter { $0.id == bound }
        guard !versions.isEmpty else {
            throw LawFileError(detail: "chain \(chain.id): unknown rule \(bound)")
        }
        guard versions.allSatisfy({ $0.form == .after }) else {
            throw LawFileError(detail: "chain \(chain.id): the rule \(bound) is no limit after an event")
        }
    }
}

extension TimeRule {
    fileprivate func check(kinds: Set<String>) throws(LawFileError) {
        for (name, text) in [("id", id), ("title", title), ("clause", clause), ("page", page)]
        where text.isEmpty {
            throw problem("\(name) is empty")
        }
        if let effectiveTo, effectiveTo < effectiveFrom { throw problem("ends before it begins") }
        try checkCount()
        guard form != .periodic || period != nil else { throw problem("form periodic needs a period") }
        try checkEnds(kinds: kinds)
    }

    private func checkCount() throws(LawFileError) {
        guard form.counts else {
            guard amount == nil, unit == nil else {
                throw problem("form \(form.rawValue) has no number of its own")
            }
            return
        }
        guard let amount, unit != nil else { throw problem("form \(form.rawValue) needs amount and unit") }
        // A count outside these would stop the program when it is made.
        guard CountingRule.amounts.contains(amount) else {
            throw problem("\(amount) units cannot be counted")
        }
    }

    private func checkEnds(kinds: Set<String>) throws(LawFileError) {
        let ends = between ?? []
        guard ends.isEmpty || ends.count == 2 else { throw problem("between names two event kinds") }
        guard !ends.isEmpty || !(form == .minimum || form == .before) else {
            throw problem("form \(form.rawValue) needs between")
        }
        for kind in ends where !kinds.contains(kind) {
            throw problem("unknown event kind \(kind) in between")
        }
    }

    private func problem(_ detail: String) -> LawFileError {
        LawFileError(detail: "rule \(id): \(detail)")
    }
}

extension TimeRule.Form {
    /// Whether a rule of this form bears a number.
    fileprivate var counts: Bool { self != .with && self != .open }
}
