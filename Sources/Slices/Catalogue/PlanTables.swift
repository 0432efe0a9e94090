import CivilTime
import Law
import Spreadsheet

/// What the plans say beside their items: tasks, filings, yearly targets and what is set for each (`plan-*.csv`).
package struct PlanTables: Sendable, Hashable {
    package let tasks: [PlanTask]
    package let filings: [PlanFiling]
    package let targets: [PlanTarget]
    package let settings: PlanSettings

    /// The built-in tables, read once.
    ///
    /// - Throws: `CatalogueFileError` with every line at fault: our own mistake.
    package static func builtIn() throws -> PlanTables { try once.get() }

    private static let once = Result { try read() }

    private static func read() throws -> PlanTables {
        var faults: [CatalogueFileError.Fault] = []
        let tables = PlanTables(
            tasks: try rows("plan-tasks.csv", &faults, task),
            filings: try rows("plan-filings.csv", &faults, filing),
            targets: try rows("plan-targets.csv", &faults, target),
            settings: PlanSettings(try rows("plan-settings.csv", &faults, setting)))
        guard faults.isEmpty else { throw CatalogueFileError(faults: faults) }
        return tables
    }

    private static func rows<Row>(
        _ name: String, _ faults: inout [CatalogueFileError.Fault],
        _ row: (ItemCells) throws(CellFault) -> Row
    ) throws -> [Row] {
        guard let bytes = DataFiles.builtIn(name) else {
            throw LawFileError(detail: "\(name) is not built in")
        }
        var rows: [Row] = []
        for record in try CSVTable(bytes).records {
            do throws(CellFault) {
                rows.append(try row(ItemCells { record[$0] }))
            } catch {
                faults.append(
                    CatalogueFileError.Fault(
                        file: name, line: record.line, detail: "\(error.column): \(error.detail)"))
            }
        }
        return rows
    }

    private static func task(_ cells: ItemCells) throws(CellFault) -> PlanTask {
        let task = PlanTask(
            plan: try cells.text("plan", required: true), section: try cells.text("section", required: true),
            task: try cells.text("task", required: true), lead: try cells.list("lead"),
            with: try cells.list("with"), due: try cells.day("due"), rhythm: try cells.word("rhythm"))
        guard (task.due != nil) == (task.rhythm == .once) else {
            throw CellFault(column: "due", detail: "a day is named where, and only where, the rhythm is once")
        }
        guard !task.lead.isEmpty else { throw CellFault(column: "lead", detail: "the cell is empty") }
        return task
    }

    private static func filing(_ cells: ItemCells) throws(CellFault) -> PlanFiling {
        guard let issued = try cells.day("issued"), let days = try cells.number("workingDays") else {
            throw CellFault(column: "issued", detail: "a day and a number of working days are needed")
        }
        return PlanFiling(
            plan: try cells.text("plan", required: true), section: try cells.text("section", required: true),
            filers: try cells.list("filers"), receiver: try cells.text("receiver", required: true),
            issued: issued, workingDays: days, reason: try cells.text("reason"))
    }

    private static func target(_ cells: ItemCells) throws(CellFault) -> PlanTarget {
        guard let year = Int(try cells.text("year")), (2008...2100).contains(year) else {
            throw CellFault(column: "year", detail: "not a year, 2008...2100")
        }
        return PlanTarget(
            plan: try cells.text("plan", required: true), year: year, section: try cells.text("section"),
            target: try cells.text("target", required: true), measurable: try cells.flag("measurable"))
    }

    private static func setting(_ cells: ItemCells) throws(CellFault) -> PlanSetting {
        PlanSetting(
            contradiction: try cells.text("contradiction"), plan: try cells.text("plan", required: true),
            key: try cells.word("key"), value: try cells.text("value", required: true),
            section: try cells.text("section", required: true),
            reason: try cells.text("reason", required: true))
    }
}
