import CivilTime
import Law
import LedgerTesting
import Obligations
import People
import Publishing
import Storage
import StorageTesting
import Testing

/// Days by hand: 2026-03-02 is a Monday; March 2026 has no holiday, so 20 working days later is 2026-03-30.
@Suite struct `An obligation` {
    @Test(arguments: Backend.available)
    func `is owed, due soon from five working days before, overdue only after its day, and then met late`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            #expect(try await county.obligation(id).due == "2026-03-30")
            #expect(try await county.state(id, on: "2026-03-20") == .owed)
            #expect(try await county.state(id, on: "2026-03-23") == .dueSoon)
            #expect(try await county.state(id, on: "2026-03-30") == .dueSoon)
            #expect(try await county.state(id, on: "2026-03-31") == .overdue)
            let published = try await county.publish(on: "2026-03-31")
            #expect(published.discharged == [id])
            #expect(try await county.state(id, on: "2026-03-31") == .metLate)
            #expect(try await county.obligation(id).closedDay == "2026-03-31")
        }
    }

    @Test(arguments: Backend.available)
    func `is met on time on its last day`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            try await county.publish(on: "2026-03-30")
            #expect(try await county.state(id, on: "2026-04-30") == .metOnTime)
        }
    }

    @Test(arguments: Backend.available)
    func
        `is not seen to be overdue before somebody declares its source complete, for that span and no longer`(
            _ backend: Backend
        ) async throws
    {
        try await withCounty(backend) { county in
            let id = try await county.formed(by: "fg-housing", on: "2026-03-02")
            let later = try await county.formed(by: "fg-housing", on: "2026-03-09")
            #expect(try await county.state(id, on: "2026-03-31") == .unobserved)
            #expect(try await county.cover(from: "2026-03-03", to: "2026-03-31", on: "2026-04-08") == 0)
            #expect(
                try await county.cover(
                    item: "I-FG-003", from: "2026-03-01", to: "2026-03-31", on: "2026-04-08") == 0)
            #expect(
                try await county.cover(
                    body: "fg-land", from: "2026-03-01", to: "2026-04-08", on: "2026-04-08") == 0)
            #expect(try await county.cover("SX", from: "2026-03-01", to: "2026-04-08", on: "2026-04-08") == 0)
            // A complete trading platform says nothing of the portal.
            #expect(
                try await county.cover(
                    channel: "platform", from: "2026-03-01", to: "2026-04-08", on: "2026-04-08") == 0)
            #expect(try await county.state(id, on: "2026-04-08") == .unobserved)
            #expect(
                try await county.cover(
                    body: "fg-housing", item: "I-FG-001", from: "2026-03-02", to: "2026-03-30",
                    on: "2026-04-08") == 1)
            #expect(try await county.state(id, on: "2026-03-31") == .overdue)
            #expect(try await county.state(later, on: "2026-04-08") == .unobserved)
            let told = try await county.formed(
                by: "fg-housing", on: "2026-03-02", evidence: "另一份", recorded: "2026-04-08")
            #expect(try await county.state(told, on: "2026-04-08") == .overdue)
        }
    }

    @Test(arguments: Backend.available)
    func `is entered as overdue by the very declaration that makes it observed, once`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let past = try await county.formed(by: "fg-housing", on: "2026-03-02")
            let met = try await county.formed("I-FG-003", by: "fg-housing", on: "2026-03-02")
            try await county.publish("I-FG-003", by: "fg-housing", on: "2026-03-20")
            // Due on the day of the declaration itself: not over yet.
            let today = try await county.formed("I-FG-004", by: "fg-housing", on: "2026-03-09")
            #expect(try await county.obligation(today).due == "2026-04-07")
            try await county.close("2026-04-06", on: "2026-04-07")
            let seen = try await county.acts().count
            #expect(try await county.cover(from: "2026-03-01", to: "2026-04-07", on: "2026-04-07") == 3)
            #expect(try await county.overdueEntries(past) == ["2026-04-07"])
            #expect(try await county.overdueEntries(met) == [])
            #expect(try await county.overdueEntries(today) == [])
            #expect(
                try await county.acts(from: seen) == [
                    "source.covered", "obligation.observed", "obligation.overdue", "obligation.observed",
                    "obligation.observed",
                ])
            #expect(try await county.close("2026-04-06", on: "2026-04-07") == 0)
            #expect(try await county.close("2026-04-07", on: "2026-04-08") == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `is unobserved again when the declaration is taken back, unless another or its body speaks for it`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(by: "fg-housing", on: "2026-03-02")
            let twice = try await county.formed("I-FG-003", by: "fg-housing", on: "2026-03-02")
            let ours = try await county.formed(on: "2026-03-02")
            try await county.cover(item: "I-FG-003", from: "2026-03-01", to: "2026-03-31", on: "2026-04-01")
            try await county.cover("SX", from: "2026-03-01", to: "2026-03-31", on: "2026-04-01")
            #expect(try await county.uncoverLast(on: "2026-04-01") == 0)
            #expect(try await county.state(ours, on: "2026-04-01") == .overdue)
            try await county.cover(from: "2026-03-01", to: "2026-03-31", on: "2026-04-02")
            for one in [id, twice] { #expect(try await county.state(one, on: "2026-04-02") == .overdue) }
            let seen = try await county.acts().count

            #expect(try await county.uncoverLast(on: "2026-04-03", reason: "四月迁移时漏了两周") == 1)
            #expect(try await county.state(id, on: "2026-04-03") == .unobserved)
            #expect(try await county.state(twice, on: "2026-04-03") == .overdue)
            #expect(try await county.overdueEntries(id) == ["2026-04-02"])
            #expect(try await county.acts(from: seen) == ["source.uncovered", "obligation.unobserved"])
            let ended = try await county.coverages().last
            #expect(ended?.stands == false && ended?.endedBy == "clerk")
            #expect(ended?.endedReason == "四月迁移时漏了两周")
            // What comes later is not observed by it either.
            let later = try await county.formed(
                "I-FG-004", by: "fg-housing", on: "2026-03-02", recorded: "2026-04-03")
            #expect(try await county.state(later, on: "2026-04-03") == .unobserved)
        }
    }

    @Test(arguments: Backend.available)
    func `can be withheld, and revoked is owed again with its original due day`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            let decision = try await county.withhold(id, on: "2026-03-05")
            #expect(try await county.state(id, on: "2026-04-30") == .withheld)
            #expect(decision.reviewOn == "2027-03-05")
            #expect(decision.clause == "政府信息公开条例 第十五条")
            try await county.revoke(decision.id, on: "2026-03-10", reason: "合同已经履行完毕")
            #expect(try await county.decision(decision.id)?.revokedReason == "合同已经履行完毕")
            #expect(try await county.state(id, on: "2026-03-10") == .owed)
            #expect(try await county.obligation(id).due == "2026-03-30")
            #expect(try await county.state(id, on: "2026-03-31") == .overdue)
        }
    }

    @Test(arguments: Backend.available)
    func `that is decided after its due day shows so, and is entered as overdue all the same`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            try await county.withhold(id, on: "2026-04-01")
            let obligation = try await county.obligation(id)
            #expect(obligation.closedDay == "2026-04-01")
            #expect(obligation.due == "2026-03-30")
            #expect(try await county.close("2026-03-30", on: "2026-04-02") == 1)
            #expect(try await county.state(id, on: "2026-04-02") == .withheld)
        }
    }

    @Test(arguments: Backend.available)
    func `that does not apply is closed with its reason until the decision is revoked`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            let decision = try await county.dismiss(id, on: "2026-03-03")
            #expect(try await county.state(id, on: "2026-05-01") == .notApplicable)
            try await county.revoke(decision.id, on: "2026-03-04")
            #expect(try await county.state(id, on: "2026-03-04") == .owed)
        }
    }

    @Test(arguments: Backend.available)
    func `is void when the event that created it is voided, and the same fact can then be told again`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let recorded = try await county.event(
                "item.formed", by: "sx-housing", on: "2026-03-02", item: "I-FG-001")
            try await county.void(recorded.event.id, on: "2026-03-03")
            #expect(try await county.state(recorded.obligations[0], on: "2026-05-01") == .void)
            let again = try await county.formed(on: "2026-03-02", recorded: "2026-03-04")
            #expect(again != recorded.obligations[0])
            #expect(try await county.state(again, on: "2026-03-04") == .owed)
        }
    }

    @Test(arguments: Backend.available)
    func `gives its edition free when it is void, for the twin that was recorded too`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let first = try await county.event(
                "item.formed", by: "sx-housing", on: "2026-03-02", item: "I-FG-001")
            let twin = try await county.formed(on: "2026-03-02", evidence: "重复")
            try await county.publish(on: "2026-03-10")
            #expect(try await county.state(twin, on: "2026-03-10") == .owed)
            try await county.void(first.event.id, on: "2026-03-11")
            #expect(try await county.state(twin, on: "2026-03-11") == .metOnTime)
        }
    }

    @Test(arguments: Backend.available)
    func `reopens with its original due day when its only publication is withdrawn`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            let published = try await county.publish(on: "2026-03-10")
            #expect(try await county.state(id, on: "2026-03-10") == .metOnTime)
            try await county.withdraw(published.publication.id, on: "2026-04-02")
            #expect(try await county.obligation(id).due == "2026-03-30")
            #expect(try await county.obligation(id).closedDay == nil)
            #expect(try await county.state(id, on: "2026-04-02") == .overdue)
            try await county.publish(on: "2026-04-03", title: "重新公开")
            #expect(try await county.state(id, on: "2026-04-03") == .metLate)
        }
    }

    @Test(arguments: Backend.available)
    func `stays met when one of its two publications is withdrawn, judged by the one that is left`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            let first = try await county.publish(on: "2026-03-10")
            let second = try await county.publish(on: "2026-03-12", title: "补充公告")
            let third = try await county.publish(on: "2026-04-10", title: "再补充公告")
            #expect(second.discharged == [id] && third.discharged == [id])
            try await county.withdraw(first.publication.id, on: "2026-04-15")
            #expect(try await county.state(id, on: "2026-04-15") == .metOnTime)
            #expect(try await county.obligation(id).closedDay == "2026-03-12")
            try await county.withdraw(second.publication.id, on: "2026-04-16")
            #expect(try await county.state(id, on: "2026-04-16") == .metLate)
            try await county.withdraw(third.publication.id, on: "2026-04-17")
            #expect(try await county.state(id, on: "2026-04-17") == .overdue)
        }
    }

    @Test(arguments: Backend.available)
    func `of a soft item is never overdue, entered or counted`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed("I-FG-050", on: "2026-03-02")
            for day in ["2026-03-02", "2026-03-27", "2026-06-01"] as [Day] {
                #expect(try await county.state(id, on: day) == .encouraged)
            }
            #expect(try await county.close("2026-03-30", on: "2026-06-01") == 0)
            var filter = ObligationFilter(day: "2026-06-01", soon: try county.soon("2026-06-01"))
            filter.state = .overdue
            #expect(try await county.listed(filter).isEmpty)
        }
    }

    /// I-FG-050 is disclosed as far as possible (尽可能), I-FG-063 encouraged: 20 working days end on 2026-03-30.
    @Test(arguments: Backend.available)
    func `of a soft item is published or not, and neither on time nor late`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            for (item, day) in [("I-FG-050", "2026-03-10"), ("I-FG-063", "2026-05-06")] as [(String, Day)] {
                let id = try await county.formed(item, on: "2026-03-02")
                let published = try await county.publish(item, on: day)
                #expect(published.discharged == [id])
                #expect(try await county.state(id, on: "2026-06-01") == .encouragedMet)
                #expect(try await county.discharges(id).map(\.verdict) == [.undetermined])
                try await county.withdraw(published.publication.id, on: "2026-06-01")
                #expect(try await county.state(id, on: "2026-06-01") == .encouraged)
            }
            #expect(try await county.read { try $0.ledger.timeliness().isEmpty })
        }
    }

    @Test(arguments: Backend.available)
    func `under a rule that nobody has compared is left out of the overdue list unless asked for`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            // Before 2017-12-19 the 20 working days rest on an article that was not seen. There was no list then: only
            // what an amendment moves there is counted by it.
            let formed = try await county.event(
                "item.formed", by: "sx-housing", on: "2026-03-01", item: "I-FG-001")
            let id = formed.obligations[0]
            try await county.amend(formed.event.id, to: "2016-03-01", on: "2026-03-02")
            #expect(try await county.obligation(id).due == "2016-03-29")
            #expect(try await county.obligation(id).verified == false)
            var filter = ObligationFilter(day: "2026-03-02", soon: try county.soon("2026-03-02"))
            filter.state = .overdue
            #expect(try await county.listed(filter).isEmpty)
            filter.includesUnverified = true
            #expect(try await county.listed(filter).map(\.id) == [id])
            #expect(try await county.close("2026-03-01", on: "2026-03-02") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `whose day is only inferred is met, but nobody can say whether in time`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let recorded = try await county.event(
                "item.formed", by: "sx-housing", on: "2026-03-02", item: "I-FG-001", basis: .inferred)
            try await county.publish(on: "2026-05-06")
            #expect(try await county.state(recorded.obligations[0], on: "2026-05-06") == .metUndetermined)
            // A dated paper turns up: now it can be judged.
            try await county.amend(recorded.event.id, to: "2026-03-02", on: "2026-05-07")
            #expect(try await county.state(recorded.obligations[0], on: "2026-05-07") == .metLate)
        }
    }

    @Test(arguments: Backend.available)
    func `published without a claimed day is met, but nobody can say whether in time`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            try await county.publish(
                on: "2026-03-10", imported: .init(source: "旧网站", key: "1", claimedAt: "", claimedDay: nil))
            #expect(try await county.state(id, on: "2026-03-10") == .metUndetermined)
        }
    }

    @Test(arguments: Backend.available)
    func `is computed and judged again when its event is amended`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let recorded = try await county.event(
                "item.formed", by: "sx-housing", on: "2026-03-09", item: "I-FG-001", recorded: "2026-03-09")
            let id = recorded.obligations[0]
            #expect(try await county.obligation(id).due == "2026-04-07")
            try await county.publish(on: "2026-04-01")
            #expect(try await county.state(id, on: "2026-04-01") == .metOnTime)
            let amended = try await county.amend(recorded.event.id, to: "2026-03-02", on: "2026-04-10")
            #expect(try await county.obligation(id).due == "2026-03-30")
            #expect(try await county.state(id, on: "2026-04-10") == .metLate)
            try await county.amend(amended.id, to: "2026-03-05", on: "2026-04-11")
            #expect(try await county.obligation(id).due == "2026-04-02")
            #expect(try await county.state(id, on: "2026-04-11") == .metOnTime)
            let kept = try await county.computations(id)
            #expect(kept.map { $0.choice.dueDate?.due } == ["2026-04-02", "2026-03-30", "2026-04-07"])
            #expect(try await county.history(recorded.event.root).count == 3)
        }
    }

    @Test(arguments: Backend.available)
    func `is not created twice when an amended fact is told again as amended`(_ backend: Backend) async throws
    {
        try await withCounty(backend) { county in
            let recorded = try await county.event(
                "item.formed", by: "sx-housing", on: "2026-03-09", item: "I-FG-001")
            try await county.amend(recorded.event.id, to: "2026-03-10", on: "2026-03-11")
            await #expect(throws: LedgerProblem.self) {
                try await county.formed(on: "2026-03-10", recorded: "2026-03-11")
            }
            // The day it never happened on is free for another fact.
            _ = try await county.formed(on: "2026-03-09", recorded: "2026-03-11")
        }
    }

    @Test(arguments: Backend.available)
    func `is not met by what was out before its information was formed, unless that was meant`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            try await county.publish(on: "2026-02-02")
            let id = try await county.formed(on: "2026-03-02")
            #expect(try await county.state(id, on: "2026-03-02") == .owed)
            let named = try await county.publish(on: "2026-03-03", obligation: id)
            #expect(named.discharged == [id])
        }
    }

    @Test(arguments: Backend.available)
    func `runs on one clock a channel, side by side`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project()
            try await county.event("procurement.result_fixed", on: "2026-03-02", project: project)
            let portal = try await county.obligation("I-FG-021", project: project)
            let platform = try await county.obligation("I-FG-021", "platform", project: project)
            #expect(portal.due == "2026-03-30")
            #expect(platform.due == "2026-03-04")
            #expect(platform.rule == "procurement-result-2wd")
            try await county.publish(
                "I-FG-021", by: "sx-finance", on: "2026-03-04", project: project, channel: "platform")
            #expect(try await county.state(platform.id, on: "2026-03-04") == .metOnTime)
            #expect(try await county.state(portal.id, on: "2026-03-04") == .owed)

            // A penalty: seven working days on the portal and on 信用中国, each by itself.
            let penalty = try await county.event(
                "decision.penalty", by: "sx-environment", on: "2026-03-02", item: "I-FG-109")
            var channels: [String: Day?] = [:]
            for id in penalty.obligations {
                let obligation = try await county.obligation(id)
                channels[obligation.channel] = obligation.due
            }
            #expect(channels == ["portal": "2026-03-11", "credit": "2026-03-11"])
        }
    }

    @Test(arguments: Backend.available)
    func `is owed by the body that acted, or by the class of body that the plan names`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let project = try await county.project()
            try await county.event(
                "procurement.documents_issued", by: "sx-health", on: "2026-03-02", project: project)
            #expect(try await county.obligation("I-FG-018", project: project).body == "sx-health")
            let complaint = try await county.event(
                "procurement.complaint_decided", by: "sx-health", on: "2026-03-02", project: project)
            for id in complaint.obligations { #expect(try await county.obligation(id).body == "sx-finance") }
            // The step that was expected of one body was taken by another: that one owes.
            #expect(try await county.obligation("I-FG-022", project: project).body == "sx-health")
            try await county.event(
                "procurement.contract_signed", by: "sx-education", on: "2026-03-09", project: project)
            #expect(try await county.obligation("I-FG-022", project: project).body == "sx-education")
        }
    }
}
