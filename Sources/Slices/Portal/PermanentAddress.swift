import Web

/// The address under which a thing stays, in words and as a square for a telephone; printed with the page (永久地址).
struct PermanentAddress: Piece {
    /// As readers elsewhere reach it; nil when the request does not say.
    let online: Link?
    /// How to cite the thing.
    let citing: HTML

    var html: HTML {
        guard let online else { return "" }
        return """
            <section class="box receipt" aria-labelledby="address-title">
            <div><h2 id="address-title">永久地址</h2>
            <p><a class="code" href="\(online)">\(online.address)</a></p>
            <p class="quiet">\(citing)</p>
            <p class="quiet on-screen">要打印，用浏览器的打印（Ctrl+P 或者 ⌘P）：纸上有这个地址和二维码，没有导航。</p></div>
            \(QRCode(online))
            </section>
            """
    }
}
