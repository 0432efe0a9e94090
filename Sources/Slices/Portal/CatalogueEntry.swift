import Catalogue
import CivilTime
import Law
import People
import Web

/// `GET /catalogue/:key`: the list of a jurisdiction (`/catalogue/FG`) or one item (`/catalogue/I-FG-021`),
/// with `?in=` as it is read in a jurisdiction that goes by that list.
///
/// Open to anyone. The `.csv` of a list is byte for byte what the version's SHA-256 covers.
struct CatalogueEntry {
    let room: ReadingRoom

    private enum Found: Sendable {
        case list(ItemList.Value, csv: String, printed: String)
        case item(ItemPage.Value)
        case none
    }

    func add(to routes: Routes) {
        routes.get("catalogue/:key", taking: ["version", "in", "print"] + ItemList.Conditions.parameters) {
            request in
            let key = request.parameter("key")
            let conditions = try ItemList.Conditions(request)
            let version = try request.query.text("version")
            let place = try request.query.text("in")
            switch try await room.read({ try found(key, version, in: place, conditions, $0) }) {
            case .none: throw CatalogueProblem.noCatalogue(key)
            case .item(let value):
                return Answer(ItemBody(value: value).page, data: value, meantFor: .everyone)
            case .list(let value, let csv, let printed):
                // The bytes that the hash covers, without a mark or a guard.
                if request.format == .csv {
                    return .bytes(
                        Array(csv.utf8), type: CSVTable.mediaType, downloadAs: value.version.id + ".csv",
                        meantFor: .everyone)
                }
                if try request.query.flag("print") {
                    return Answer(ItemListBody.printed(value, printed), data: value, meantFor: .everyone)
                }
                let body = try ItemListBody(value: value, conditions: conditions, request: request)
                return Answer(
                    body.page, data: value, table: { CSVTable(columns: []) }, next: body.next,
                    meantFor: .everyone)
            }
        }
    }

    private func found(
        _ key: String, _ version: String?, in place: String?, _ conditions: ItemList.Conditions,
        _ reading: Reading
    ) throws -> Found {
        let catalogue = reading.transaction.catalogue
        if let place = try reading.transaction.jurisdictions.jurisdiction(key) {
            let list =
                try version.map { try catalogue.list(version: $0) }
                ?? catalogue.list(in: key, on: reading.day)
            guard let list else {
                throw version.map(CatalogueProblem.noVersion) ?? CatalogueProblem.noCatalogue(key)
            }
            let titles = Dictionary(reading.law.rules.map { ($0.id, $0.title) }) { _, latest in latest }
            return .list(
                try ItemList.value(list, place, conditions, reading), csv: CatalogueExport.csv(list),
                printed: CatalogueExport.printed(list, jurisdiction: place.name, law: titles))
        }
        return try ItemPage.value(key, version: version, in: place, reading).map(Found.item) ?? .none
    }
}
