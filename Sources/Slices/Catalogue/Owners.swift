import CivilTime
import People
import Storage

// Who owes an item: the body that acted; else the project's territory; else the lead.

extension CatalogueStore {
    /// The id of the body that owes what an event of `acting` starts.
    ///
    /// Where the plan itself says which body publishes (财政部门作出的…), that body does, whoever reported the event.
    ///
    /// - Law: R-13 谁批准、谁公开，谁实施、谁公开，谁制作、谁公开.
    package func owner(of item: CatalogueItem, acting: String, on day: Day) throws -> String {
        if !item.publisher.isEmpty,
            let publisher = try body(item.publisher, for: item, in: item.jurisdiction, on: day),
            publisher.kind != .collective
        {
            return publisher.id
        }
        if item.isDividedByOwner { return try divided(item, acting: acting, on: day)?.id ?? "" }
        guard acting.isEmpty else { return acting }
        return try resolveLead(item, in: item.jurisdiction, on: day).first?.id ?? ""
    }

    /// The body in charge of the class of owner to which the acting body belongs, or the acting body when it is
    /// one of those in charge; nil when the registry does not say: no duty is laid on a guess.
    ///
    /// - Law: 000 二(一)4: 国有企业产权交易由市国资委负责，行政事业单位资产处置由市财政局负责.
    private func divided(_ item: CatalogueItem, acting: String, on day: Day) throws -> Body? {
        for assigned in item.bodies {
            guard let owner = assigned.owner,
                let lead = try body(assigned.name, for: item, in: item.jurisdiction, on: day)
            else { continue }
            if lead.id == acting { return lead }
            guard let ownerClass = try body(owner, for: item, in: item.jurisdiction, on: day) else {
                continue
            }
            if try transaction.bodies.isMember(acting, of: ownerClass.id, on: day) { return lead }
        }
        return nil
    }

    /// The bodies in charge of an item in a jurisdiction, under the names they bear on that day.
    ///
    /// Offices with a function come before townships and zones. A collective expands to its members only where
    /// the item is periodic or standing; a class whose members depend on the matter never does.
    ///
    /// - Returns: in the order of the plan; empty means nobody: a finding, not an obligation.
    package func resolveLead(_ item: CatalogueItem, in jurisdiction: String, on day: Day) throws -> [Body] {
        var offices: [Body] = []
        var territories: [Body] = []
        for name in item.leads {
            guard let body = try body(name, for: item, in: jurisdiction, on: day) else { continue }
            if body.kind == .collective {
                guard item.triggerKind.expandsCollectives, !body.open else { continue }
                territories += try transaction.bodies.members(of: body.id, on: day)
            } else if body.territory.isEmpty {
                offices.append(body)
            } else {
                territories.append(body)
            }
        }
        let local = item.assignRule == .territory && !territories.isEmpty
        return unique(local || offices.isEmpty ? territories : offices)
    }

    /// The bodies that owe a periodic or standing item, each for itself.
    ///
    /// An item that is owed place by place (`each` is `town`) is owed by every member of the collective it names.
    package func recurringOwners(of item: CatalogueItem, in jurisdiction: String, on day: Day) throws
        -> [Body]
    {
        guard item.each == "town" else { return try resolveLead(item, in: jurisdiction, on: day) }
        var members: [Body] = []
        for assigned in item.bodies {
            guard let body = try body(assigned.name, for: item, in: jurisdiction, on: day),
                body.kind == .collective,
                !body.open
            else { continue }
            members += try transaction.bodies.members(of: body.id, on: day)
        }
        return unique(members)
    }

    /// The registry knows a body by the name it bore when the plan was made, whatever it is called since.
    private func body(_ name: String, for item: CatalogueItem, in jurisdiction: String, on day: Day) throws
        -> Body?
    {
        try transaction.bodies.resolve(name, in: jurisdiction, on: day)
    }

    private func unique(_ bodies: [Body]) -> [Body] {
        var seen: Set<String> = []
        return bodies.filter { seen.insert($0.id).inserted }
    }
}
