import ArgumentParser
import Demo
import Logging
import Platform
import Storage
import Web

/// The address that a server answers at.
struct AddressOptions: ParsableArguments {
    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port, 0 for any free one.")
    var port = 8080

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535.") }
    }
}

/// What the server answers by https with.
struct CertificateOptions: ParsableArguments {
    @Option(
        help: """
            Answer by https (TLS 1.2 or newer), in HTTP/2 or HTTP/1.1: a PEM file with the server's certificate and those between \
            it and a root (服务器证书). Start again when it was renewed. Without it a proxy in front does this.
            """)
    var certificate: String?

    @Option(help: "The certificate's private key: a PEM file without a passphrase.")
    var privateKey: String?

    func validate() throws {
        guard (certificate == nil) == (privateKey == nil) else {
            throw ValidationError("--certificate and --private-key are given together.")
        }
    }

    func read() throws -> ServerCertificate? {
        guard let certificate, let privateKey else { return nil }
        return try ServerCertificate.read(certificates: certificate, privateKey: privateKey)
    }
}

/// What the site calls itself, on every page and to those who inspect government sites.
struct SiteOptions: ParsableArguments {
    @Option(help: "What the site is called (网站名称), at most 60 characters; 日晷 when nothing is given.")
    var siteName: String?

    @Option(help: "The ten digits under which a government site is registered (网站标识码).")
    var siteCode: String?

    @Option(
        name: .customLong("base-url"),
        help: """
            Where readers reach the site (网站地址): https://example.gov.cn, without a path. It stands in QR codes, permanent \
            addresses, feeds, calendars and the site map. Without it they bear the name that each request is sent to.
            """)
    var baseURL: String?
}

/// `sundial serve`: the portal of an instance.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the portal (门户) and keep the days until told to end.")

    @OptionGroup var place: PlaceOptions
    @OptionGroup var address: AddressOptions
    @OptionGroup var encryption: CertificateOptions
    @OptionGroup var site: SiteOptions

    func run() async throws {
        try await place.withHouse(json: false) { house in
            let isSample = try await house.database.read { try DemoWorld.isThere(in: $0) }
            try await serve(
                house, at: address, of: site, isSample: isSample, certificate: encryption.read())
        }
    }
}

/// `sundial demo`: a sample county and city, served.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Make a sample county and city (示例), and serve them.",
        discussion: """
            The first start writes the sample into the data folder; later ones serve what is there. A folder that \
            holds real records is refused.
            """)

    @OptionGroup var place: PlaceOptions
    @OptionGroup var address: AddressOptions
    @OptionGroup var site: SiteOptions

    func run() async throws {
        try await place.withHouse(json: false) { house in
            try await DemoWorld(today: house.clock.today).build(in: house.database, law: house.law)
            try await serve(house, at: address, of: site, isSample: true)
        }
    }
}

private func serve(
    _ house: House, at address: AddressOptions, of site: SiteOptions, isSample: Bool,
    certificate: ServerCertificate? = nil
) async throws {
    let server = try Server(
        house: house, host: address.host, port: address.port, siteName: site.siteName,
        siteCode: site.siteCode, baseURL: site.baseURL, isSample: isSample, certificate: certificate,
        logger: .ofServers)
    let scheme = certificate == nil ? "http" : "https"
    try await server.run { port in
        Printed.line("日晷已启动 · Sundial is serving: \(scheme)://\(address.host):\(port)")
    }
}
