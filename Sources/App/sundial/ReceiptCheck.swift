import CivilTime
import Foundation
import MerkleLog
import Platform
import Publishing
import Transparency

/// What receipts prove, by these keys and nothing else.
struct ReceiptCheck {
    let logs: [NoteKey]
    let witnesses: [NoteKey]

    /// One answer for each proof in the files, in their order. What one of them tells of another, an erasure, stands in both.
    func answers(files: [String]) -> [Answer] {
        let answers = files.flatMap(answers)
        let erasures = answers.compactMap(Erasure.init)
        return answers.map { answer in
            var answer = answer
            answer.erasure = erasures.first { answer.edition == $0.edition }
            return answer
        }
    }

    private func answers(file: String) -> [Answer] {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            return [Answer(file: file, flaw: "读不到这个文件。")]
        }
        do {
            return try ProofFile.list(parsing: MailedText.plain(Array(bytes))).enumerated().map {
                place, proof in
                // The record is that of the edition, whose proof comes first.
                try answer(file, proof, record: place == 0 ? RecordFile.beside(file) : nil)
            }
        } catch is DecodingError {
            return [Answer(file: file, flaw: "条目的内容不是公开事实的样式。")]
        } catch {
            return [Answer(file: file, flaw: "\(error)。")]
        }
    }

    private func answer(_ file: String, _ proof: ProofFile, record: RecordFile?) throws -> Answer {
        guard let entry = proof.extra else { return Answer(file: file, flaw: "回执里没有条目的内容。") }
        let proved = try proof.check(leaf: .leaf(entry), logs: logs, witnesses: witnesses)
        var answer = Answer(file: file)
        answer.leaf = proved.index
        answer.size = proved.checkpoint.size
        answer.entry = String(decoding: entry, as: UTF8.self)
        answer.said = try JSONDecoder().decode(LeafEntry.self, from: Data(entry))
        for signed in proved.cosignatures {
            answer.times[signed.key.name] = WallClock.instant(signed.time.secondsSince1970)
        }
        answer.record = record.map { $0.fits(entry) }
        if answer.record == false { answer.flaw = "记录文件的内容不是当时写入日志的内容。" }
        answer.holds = answer.flaw == nil
        return answer
    }
}
