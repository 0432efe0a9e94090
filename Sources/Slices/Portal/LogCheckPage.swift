import ChineseText
import Law
import Web

/// `GET /log/check` and `/log/check.html`: a page that checks a receipt in the reader's browser (核对页).
///
/// Open to anyone. One file with its own script, the only one of this site; it sends nothing anywhere and works the
/// same when it was saved. `language=` gives it in another language than the reader's own. What stands after `#` in its address (`receipt`, `record`) is filled in, and never reaches a
/// server; keys come from the reader's hand alone.
struct LogCheckPage {
    let look: Look

    func add(to routes: Routes) {
        routes.get("log/check", taking: ["language"]) { request in
            .sealed(try page(for: request), meantFor: .everyone)
        }
        routes.get("log/check.html", taking: ["language"]) { request in
            .sealed(try page(for: request), downloadAs: "日志回执核对页.html", meantFor: .everyone)
        }
    }

    private func page(for request: WebRequest) throws -> SealedPage {
        let asked = try request.query.choice("language", of: Manner.Language.self)
        let language = asked.flatMap { look.languages.contains($0) ? $0 : nil } ?? request.manner.language
        return SealedPage(
            title: "核对日志回执", style: DataFiles.builtIn("log-check.css") ?? [],
            script: Self.script(in: language), body: Self.body, in: language, of: look, at: "/log/check",
            for: request)
    }

    /// What it says stands in a file of its own; only Chinese characters differ in the Traditional script.
    private static func script(in language: Manner.Language) -> [UInt8] {
        let words = language == .english ? "log-check-words-english.js" : "log-check-words.js"
        let script = [words, "log-check-arithmetic.js", "log-check.js"].flatMap {
            DataFiles.builtIn($0) ?? []
        }
        guard language == .traditional else { return script }
        return Array(TraditionalScript.of(String(decoding: script, as: UTF8.self)).utf8)
    }

    private static let body: HTML = """
        <main>
        <h1>核对日志回执</h1>
        <p>在您自己的浏览器里核对一份日志回执（.tlog-proof）：它所说的公开事实，是否真的写进了签过名的透明日志，最迟在什么时候。\
        本页不向任何地方发送内容；另存为文件后，断网也能用。</p>
        <noscript><p class="verdict bad">浏览器没有开启脚本，本页不能核对。请改用命令：<br>\
        <code>sundial verify 回执.tlog-proof --key 日志公钥 --witness 时间公钥</code></p></noscript>
        <form id="form">
        <section><h2><label for="receipt">一、回执</label></h2>
        <p><input type="file" id="receipt-file" aria-label="选择回执文件"> 或者粘贴（几份可以接在一起）：</p>
        <textarea id="receipt" rows="7" spellcheck="false" autocomplete="off"></textarea></section>
        <section><h2><label for="key">二、日志公钥</label></h2>
        <p>一行一个，样子是“名称+八位数字字母+一串字母”；可以几个一起给。请从您信任的另一处取得，不要只信交给您回执的人。\
        时间公钥（名称以 /time 结尾）用来核对时间。</p>
        <p><input type="file" id="key-file" aria-label="选择公钥文件"> 或者粘贴：</p>
        <textarea id="key" rows="3" spellcheck="false" autocomplete="off"></textarea></section>
        <section><h2><label for="record">三、记录文件（可以不填）</label></h2>
        <p>要核对信息的文字，再给记录文件（.json）。</p>
        <p><input type="file" id="record-file" aria-label="选择记录文件"> 或者粘贴：</p>
        <textarea id="record" rows="3" spellcheck="false" autocomplete="off"></textarea></section>
        <p><button type="submit">核对</button></p>
        </form>
        <div id="result" role="status" aria-live="polite"></div>
        </main>
        """
}
