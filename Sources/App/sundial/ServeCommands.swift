import ArgumentParser
import Demo
import Logging
import Platform
import Storage

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

    @OptionGroup var site: SiteOptions

    func run() async throws {
        try await place.withHouse(json: false) { house in
            let isSample = try await house.database.read { try DemoWorld.isThere(in: $0) }
            try await serve(house, at: address, of: site, isSample: isSample)
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
    _ house: House, at address: AddressOptions, of site: SiteOptions, isSample: Bool
) async throws {
    let server = try Server(
        house: house, host: address.host, port: address.port, siteName: site.siteName,
        siteCode: site.siteCode, baseURL: site.baseURL, isSample: isSample, logger: .ofServers)
    try await server.run { port in
        Printed.line("日晷已启动 · Sundial is serving: http://\(address.host):\(port)")
    }
}
