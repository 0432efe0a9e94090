import Law
import Spreadsheet
import Web

/// The portal's interface in English: `english.csv`, a phrase a row under its head, with what it is called as a label where that differs.
enum EnglishInterface {
    /// A table that cannot be read is a mistake of ours, which stops the program at its start.
    static let phrases: Phrases = {
        do {
            return try Phrases(
                CSVReader.rows(DataFiles.builtIn("english.csv") ?? []).dropFirst().map(\.cells))
        } catch {
            preconditionFailure("english.csv: \(error)")
        }
    }()
}
