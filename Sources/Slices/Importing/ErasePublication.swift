import Obligations
import People
import Publishing
import Storage

/// Erases what a publication said, with the record it came from, the values read out of it and the findings that quote
/// it (依法删除).
///
/// - Law: 个人信息保护法 art. 47; 政府信息公开条例 art. 14, 15.
package struct ErasePublication {
    package let editions: EraseEdition

    package init(_ editions: EraseEdition) {
        self.editions = editions
    }

    /// - Returns: the numbers of the editions that were erased.
    package func perform(in transaction: Transaction, _ occasion: Occasion) throws -> [Int] {
        let numbers = try editions.perform(in: transaction, occasion)
        try transaction.imports.erase(editions.publication, numbers: numbers)
        try transaction.twins.forget(editions.publication)
        try transaction.policies.forget(editions.publication)
        try transaction.findings.clear(subject: editions.publication, kind: "publication")
        for number in numbers {
            try transaction.findings.clear(subject: "\(editions.publication)/\(number)", kind: "edition")
        }
        return numbers
    }
}
