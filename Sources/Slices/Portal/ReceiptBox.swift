import Transparency
import Web

/// Where a thing stands in the log, as its page and its data say it (日志回执).
struct LogMark: Encodable, Sendable {
    /// The number of the leaf.
    let leaf: Int
    /// When the first head that covers it was signed, UTC; null while there is none.
    let signedAt: OrNull<String>
    /// Where the proof file is, or the list of the proof files.
    let receipt: String
    /// Where the record file is; null where there is none for everybody.
    let record: OrNull<String>
    /// The number of the leaf by which the content was erased; null where it was not. The proof file then holds both leaves.
    let erasure: OrNull<Int>
}

extension Reading {
    /// - Returns: nil without a leaf.
    func mark(
        _ leaf: LogLeaf?, receipt: Link, record: Link? = nil, erasure: LogLeaf? = nil
    ) throws -> LogMark? {
        guard let leaf else { return nil }
        return LogMark(
            leaf: leaf.index,
            signedAt: OrNull(try transaction.log.firstCheckpoint(covering: leaf.index)?.signedAt),
            receipt: receipt.address, record: OrNull(record?.address), erasure: OrNull(erasure?.index))
    }
}

/// The mark as a box on the thing's page.
struct ReceiptBox: Piece {
    let mark: LogMark
    /// What the receipt is of: 这一版, 这项义务.
    let subject: String
    let receipt: Link
    let record: Link?

    var html: HTML {
        """
        <section class="box receipt" aria-labelledby="receipt-title">
        <div><h2 id="receipt-title">日志回执</h2>
        \(signed)
        \(mark.erasure.value.map(erased))
        \(when: mark.signedAt.value != nil, ways)</div>
        </section>
        """
    }

    private var signed: HTML {
        guard let signedAt = mark.signedAt.value else {
            return "<p>\(subject)已写入透明日志第 \(mark.leaf) 条，正在等待签名；通常一秒之内。</p>"
        }
        return """
            <p>\(subject)在<a href="/log">透明日志</a>中居<a href="/log/leaves/\(mark.leaf)">第 \(mark.leaf) 条</a>，\
            最先于 \(clockTime(signedAt)) 签名。</p>
            """
    }

    private func erased(by leaf: Int) -> HTML {
        """
        <p>内容已依法删除，见<a href="/log/leaves/\(leaf)">第 \(leaf) 条</a>；回执里两条都有。</p>
        """
    }

    private var ways: HTML {
        """
        <p><a href="\(receipt)">日志回执</a>\(record.map { " · <a href=\"\($0)\">记录文件</a>" as HTML }) · \
        <a href="/log/check">核对</a></p>
        """
    }
}
