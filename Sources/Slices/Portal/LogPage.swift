import CivilTime
import MerkleLog
import Transparency
import Web

/// `GET /log`: what the transparency log is, its last signed head, how to check it, and its latest leaves.
///
/// Open to anyone; at most 100 leaves a page, the newest first. Leaves that no signed head covers yet are not shown.
struct LogPage {
    let room: ReadingRoom
    let keys: @Sendable () throws -> [PublishedKey]
    let ended: @Sendable () throws -> [EndedLog]
    let refusal: @Sendable () throws -> SigningRefusal?

    struct Value: Encodable, Sendable {
        let day: Day
        /// The log's name; null before its first signed head, like all of the head.
        let origin: OrNull<String>
        /// Leaves that the head covers.
        let size: Int
        let root: OrNull<String>
        let signedAt: OrNull<String>
        /// What stands in front of `/checkpoint` and `/tile/…` of this very log: `/log/EPOCH`.
        let files: OrNull<String>
        let keys: [PublishedKey]
        /// Why nothing is signed at present, and since when; null while heads are signed.
        let signingRefused: OrNull<SigningRefusal>
        /// Logs that stood here before and have ended, the last first.
        let ended: [EndedLogRow]
        let items: [LeafRow]
        let next: OrNull<String>
    }

    func add(to routes: Routes) {
        routes.get("log", taking: WebRequest.paging) { request in
            let limit = try request.limit()
            let cursor = try request.cursor(of: "log", .integer)
            let standing = (
                keys: try keys(), ended: try ended().map(EndedLogRow.init), refusal: try refusal()
            )
            let (found, batch) = try await room.read { reading in
                try value(before: cursor?.integer(0), limit: limit, standing, reading) {
                    try request.link(after: $0, format: .json)
                }
            }
            let turner = Turner(
                first: cursor == nil ? nil : try request.link(changing: "after", to: nil),
                next: try request.link(after: batch.next))
            return Answer(
                LogBody(value: found, turner: turner).page, data: found,
                next: try request.link(after: batch.next, format: request.format), meantFor: .everyone)
        }
    }

    private func value(
        before end: Int?, limit: Int,
        _ standing: (keys: [PublishedKey], ended: [EndedLogRow], refusal: SigningRefusal?),
        _ reading: Reading,
        link: (Cursor?) throws -> Link?
    ) throws -> (Value, Batch<LeafRow>) {
        let log = reading.transaction.log
        let head = try log.lastCheckpoint()
        let signed = try head.map { try SignedNote(parsing: Array($0.note.utf8)) }
        let size = head?.size ?? 0
        let leaves = try log.leaves(before: min(end ?? size, size), limit: limit + 1)
        let batch = Batch(try reading.rows(leaves), limit: limit) {
            Cursor(list: "log", [.integer($0.index)])
        }
        let value = Value(
            day: reading.day, origin: OrNull(head?.origin), size: size,
            root: OrNull(try signed.map { try Checkpoint(parsing: $0.text).root.base64 }),
            signedAt: OrNull(head?.signedAt),
            files: OrNull(try head == nil ? nil : log.epoch().map { "/log/\($0)" }),
            keys: standing.keys, signingRefused: OrNull(standing.refusal), ended: standing.ended,
            items: batch.items,
            next: OrNull(try link(batch.next)?.address))
        return (value, batch)
    }
}

/// The log as a page.
struct LogBody: Sendable {
    let value: LogPage.Value
    let turner: Turner

    var page: Page {
        Page(
            title: "透明日志",
            lead: """
                <p>本平台的每一条公开事实（信息公开、更正、撤回，义务产生、到期、履行，不予公开的决定等），都按先后写进一份\
                只能增加、不能改动的日志，并由本平台签名。谁改动、倒签或者悄悄删去其中一条，别人都能查出来。</p>
                """,
            crumbs: [.init("首页", "/")],
            """
            \(refused)
            \(head)
            \(when: value.size > 0, ways)
            \(proves)
            \(keys)
            \(EndedLogTable(rows: value.ended))
            \(leaves)
            """)
    }

    private var refused: HTML? {
        value.signingRefused.value.map {
            """
            <div class="box box-warn"><p><strong>自 \(clockTime($0.since)) 起停止签名。</strong>此后的公开事实还没有签名，\
            它们的时间目前只有本平台自己的说法。</p>
            <p>原因：\($0.detail)</p></div>
            """
        }
    }

    private var head: HTML {
        guard let origin = value.origin.value else {
            return """
                <div class="box box-warn"><p>透明日志尚未启用：本平台还没有签名过任何树头，公开时间只有各来源自己的说法。</p></div>
                """
        }
        return """
            <h2>最近一次签名</h2>
            \(Facts([
                ("日志名称", "<span class=\"code\">\(origin)</span>"),
                ("条目数", "\(value.size)"),
                ("签名时间", value.signedAt.value.map(clockTime) ?? "不明"),
                ("树根（SHA-256）", "<span class=\"code\">\(value.root.value)</span>"),
                ("签名文本", "<a href=\"/log/checkpoint\">/log/checkpoint</a>"),
                ("文件地址", "<span class=\"code\">\(value.files.value)</span>"),
            ]))
            """
    }

    private var ways: HTML {
        """
        <h2>怎样核对</h2>
        <ol>
        <li>在任何一份公开信息或者一项公开义务的页面上下载“日志回执”（.tlog-proof 文件），连同信息的“记录文件”。</li>
        <li>取得<a href="#keys">日志公钥</a>。请与另一处来源比对，例如公告、上级机关或者自己早先抄下的：\
        只信同一个网站，等于只信它自己。</li>
        <li>用<a href="/log/check">核对页</a>（<a href="/log/check.html">下载</a>后断网也能用）或者命令\
        <code>sundial verify <var>回执文件</var> --key <var>公钥</var> --witness <var>时间公钥</var></code> 核对。</li>
        </ol>
        <p class="quiet">程序可以按 C2SP tlog-tiles 读取全部日志：<code>\(value.files.value)</code> 之后加 <code>/checkpoint</code>、\
        <code>/tile/<var>层/位置</var></code>、<code>/tile/entries/<var>位置</var></code>。这个地址只属于这一套日志；日志如果重新开始，地址随纪元改变，不会混淆。\
        <code>/log/checkpoint</code>、<code>/log/tile/…</code> 总是当前的日志。</p>
        """
    }

    private var proves: HTML {
        """
        <h2>它证明什么，不证明什么</h2>
        <p>证明：</p>
        <ul>
        <li>某一条公开事实最迟在签名的那个时间已经存在，后来没有改过；</li>
        <li>一份信息的文字正是当时公开的文字（用记录文件核对）；</li>
        <li>日志从一次签名到下一次签名只增加，没有改动或者删去前面的条目。</li>
        </ul>
        <p>不证明：</p>
        <ul>
        <li>所说的内容属实；</li>
        <li>没有写进日志的事情不曾发生；</li>
        <li>一份信息此后没有撤回、更正或者依法删除：请看它现在的页面。内容依法删除以后，回执里同时有删除的那一条；</li>
        <li>本平台没有给别人看另一套日志。要排除这一点，须有外部见证人联署，或者各自保存的签名文本互相比对。</li>
        </ul>
        <p class="quiet">日志里没有正文和姓名，只有编号、代码、日期，以及加盐的哈希。内容依法删除时，盐随之销毁，日志本身保持完整。</p>
        """
    }

    private var keys: HTML {
        """
        <h2 id="keys">日志公钥</h2>
        \(Table(caption: "签名用的公钥；新旧交替时一并使用", columns: ["公钥", "用途", "启用", "停用"], rows: value.keys.map { key in
            [
                "<span class=\"code\">\(key.key)</span>", "\(key.purpose.title)", clockTime(key.madeAt),
                key.retiredAt.isEmpty ? "使用中" : clockTime(key.retiredAt),
            ]
        }, empty: "还没有公钥。"))
        <p class="quiet">便于程序读取：<a href="/log/keys">文本</a>、<a href="/log/keys.json">JSON</a>。</p>
        """
    }

    private var leaves: HTML {
        """
        <h2>最近的条目</h2>
        \(Table.leaves(value.items, caption: "已签名的条目，从 0 编号，新的在前"))
        \(turner)
        """
    }
}
