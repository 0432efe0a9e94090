import Catalogue
import CivilTime
import Law
import People
import Web

/// `GET /chains/:id`: one procedure as a picture and as a table. `.json`, `.csv`.
///
/// Open to anyone. `?in=` says whose catalogue is read; without it, the first that demands anything of the procedure.
struct ChainPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let lawVersion: String
        let jurisdiction: String
        let jurisdictionName: String
        let chain: ChainRow
        /// Whose catalogues can be asked for.
        let places: [Place]
    }

    struct Place: Encodable, Sendable {
        let jurisdiction: String
        let name: String
    }

    func add(to routes: Routes) {
        routes.get("chains/:id", taking: ["in"]) { request in
            let id = request.parameter("id")
            let place = try request.query.text("in")
            let found = try await room.read { try value(id, in: place, $0) }
            let language = request.manner.language
            return Answer(
                ChainBody(value: found, language: language).page, data: found, table: { table(found) },
                meantFor: .everyone)
        }
    }

    private func value(_ id: String, in asked: String?, _ reading: Reading) throws -> Value {
        guard let chain = reading.law.chains.first(where: { $0.id == id }) else {
            throw Problem(.notFound, code: "chain-unknown", detail: "没有编号为“\(id)”的流程；全部流程见“流程图”页。")
        }
        let places = try reading.transaction.jurisdictions.jurisdictions().filter {
            try reading.transaction.catalogue.version(in: $0.code, on: reading.day) != nil
        }
        let place = try place(asked, among: places, chain, reading)
        let code = place?.code ?? ""
        return Value(
            day: reading.day, lawVersion: reading.law.version, jurisdiction: code,
            jurisdictionName: place?.name ?? "",
            chain: try ChainReading(reading: reading, jurisdiction: code).row(chain),
            places: places.map { Place(jurisdiction: $0.code, name: $0.name) })
    }

    private func place(
        _ asked: String?, among places: [Jurisdiction], _ chain: Chain, _ reading: Reading
    ) throws -> Jurisdiction? {
        if let asked {
            guard let place = places.first(where: { $0.code == asked }) else {
                throw CatalogueProblem.noCatalogue(asked)
            }
            return place
        }
        return try places.first {
            try ChainReading(reading: reading, jurisdiction: $0.code).demands(chain)
        } ?? places.first
    }

    private func table(_ value: Value) -> CSVTable {
        CSVTable(
            columns: ["次序", "环节", "环节名称", "必经", "终止", "事项", "事项名称", "要素", "渠道", "规则", "期限", "条款", "已核实"],
            rows: value.chain.steps.enumerated().flatMap { number, step in
                let here = [
                    String(number + 1), step.event, step.title, step.expected ? "1" : "0",
                    step.ends ? "1" : "0",
                ]
                let duties = step.duties.map { duty -> [String] in
                    let limit = duty.limit.value
                    return [
                        duty.item, duty.itemTitle, duty.element.value ?? "", duty.channel, limit?.rule ?? "",
                        limit?.counted ?? "", limit?.clause ?? "",
                        limit.map { $0.verified ? "1" : "0" } ?? "",
                    ]
                }
                return (duties.isEmpty ? [Array(repeating: "", count: 8)] : duties).map { here + $0 }
            })
    }
}
