import ArgumentParser
import CivilTime
import Foundation
import Law
import Obligations
import People
import Platform
import Projects
import Storage

/// Where the instance keeps its data.
struct PlaceOptions: ParsableArguments {
    @Option(help: "The data folder. Made when it is missing.")
    var data = "./sundial-data"

    @Option(
        help: ArgumentHelp(
            "A PostgreSQL address instead of the SQLite file in the data folder.",
            discussion:
                "Better given as SUNDIAL_DATABASE in the environment: a password is then not in the process list."
        ))
    var database: String?

    var place: Place {
        let fromEnvironment = ProcessInfo.processInfo.environment["SUNDIAL_DATABASE"]
        return Place(folder: data, databaseURL: database ?? fromEnvironment.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// Opens the instance, runs the work and closes it again.
    ///
    /// A refusal is printed, as JSON when asked, and ends the process with exit code 1.
    ///
    /// - Parameters:
    ///   - isThere: whether it must have been made before, so that a wrong folder is told and nothing is made there.
    ///   - loading: whether the built-in data are loaded first.
    func withHouse<Value>(
        json: Bool, isThere: Bool = false, loading: Bool = true, _ work: (House) async throws -> Value
    ) async throws -> Value {
        try await refusing(json: json) {
            if isThere, !place.isThere { throw PlaceProblem.nothingThere(place.folder) }
            let house = try await House.open(place, loading: loading)
            return try await closing(house.close) { try await work(house) }
        }
    }

    /// A refusal is printed, as JSON when asked, and ends the process with exit code 1.
    func refusing<Value>(json: Bool, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let refusal as any Refusal {
            throw try Printed.refused(refusal, json: json)
        }
    }
}

/// Closes what was opened, whatever becomes of the work.
func closing<Value>(_ close: () async throws -> Void, _ work: () async throws -> Value) async throws -> Value
{
    do {
        let value = try await work()
        try await close()
        return value
    } catch {
        try await close()
        throw error
    }
}

/// Who acts, and how the answer is printed.
struct ActOptions: ParsableArguments {
    @OptionGroup var place: PlaceOptions

    @Option(help: "Who acts: the name that the journal (留痕) keeps.")
    var actor: String

    @Flag(help: "Print the answer as JSON.")
    var json = false

    func validate() throws {
        guard (1...60).contains(actor.unicodeScalars.count), actor != Occasion.itself else {
            throw ValidationError("--actor needs a name of 1 to 60 characters other than `system`.")
        }
        try checkTyped(actor, as: "--actor", max: 60)
    }

    /// Opens the instance and runs the work there.
    func withHouse<Value: Sendable>(_ work: (House) async throws -> Value) async throws -> Value {
        try await place.withHouse(json: json, work)
    }
}

/// What is kept as it was typed and looked at by no act.
func checkTyped(_ text: String, as option: String, max: Int) throws {
    do {
        try EnteredText(text, as: option).checkLine(max: max)
    } catch {
        throw ValidationError(error.detail)
    }
}

/// A body as a person names it: by its name in a jurisdiction, or by its id.
struct BodyOption: ParsableArguments {
    @Option(help: "The body's name as papers print it (县财政局), or its id.")
    var body: String

    @Option(help: "The jurisdiction's code: FG, SX, CN …")
    var jurisdiction: String

    func find(in transaction: Transaction, on day: Day) throws -> Body {
        try BodyOption.find(body, in: jurisdiction, transaction, on: day)
    }

    static func find(_ name: String, in jurisdiction: String, _ transaction: Transaction, on day: Day) throws
        -> Body
    {
        if let body = try transaction.bodies.body(name, on: day) { return body }
        guard let found = try transaction.bodies.resolve(name, in: jurisdiction, on: day) else {
            throw LedgerProblem.unknownBody(name)
        }
        return found
    }
}

/// A project as a person names it: by any of its codes.
struct ProjectOption: ParsableArguments {
    @Option(help: "The project: any code printed on its papers (归集编号).")
    var project: String?

    @Option(help: "The lot (标段、包), at most 100 characters; nothing means the whole project.")
    var lot = ""

    /// - Returns: the project's id; empty when none was named.
    func find(in transaction: Transaction) throws -> String {
        guard let project else { return "" }
        if let known = try transaction.projects.project(project) { return known.id }
        let found = try transaction.projects.projects(
            bearing: ProjectKey(kind: .platform, printed: project).folded)
        guard let only = found.first else { throw ProjectProblem.notFound(key: project) }
        guard found.count == 1 else { throw ProjectProblem.ambiguous(key: project, count: found.count) }
        return only.id
    }
}
