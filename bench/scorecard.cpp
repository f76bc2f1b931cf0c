// Holds made policies as columns and computes all indicators of two rule books for all levels of organisations ×
// channel × month, whenever it is asked to. Writes what a database needs to compute the same: the columns, the tree,
// the figures.
//
//   bench_scorecard POLICIES OUT_FOLDER
//
// Prints one line of JSON about the insurer when it is ready. Then each line `THREADS PERIOD` on standard input is one
// computation, answered by its wall-clock and processor time in milliseconds.

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "kpi/engine.hpp"
#include "made_insurer.hpp"
#include "regime/load.hpp"
#include "regime/vocabulary.hpp"

namespace {

using namespace shouyue;
namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<regime::Source> book(const std::string& id) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(fs::path(SHOUYUE_SOURCE_DIR) / "regimes" / id))
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<regime::Source> sources;
  for (const fs::path& path : paths) sources.push_back({.path = path.string(), .text = contents(path)});
  return sources;
}

std::shared_ptr<const regime::Regime> load(const std::vector<std::string>& layers) {
  std::vector<std::vector<regime::Source>> books;
  for (const std::string& id : layers) books.push_back(book(id));
  regime::Loaded loaded = regime::load(books);
  for (const regime::Issue& issue : loaded.issues) std::cerr << regime::text_of(issue) << '\n';
  if (!loaded.regime) std::exit(1);
  return loaded.regime;
}

// Values of a column as text, missing ones empty; `i` is the row.
std::string field(const expr::Column& column, std::size_t i) {
  const auto text = [&]<class T>(const T* values, T missing) {
    return values[i] == missing ? std::string() : fmt::format("{}", values[i]);
  };
  switch (column.storage) {
    case expr::Storage::date32: return text(static_cast<const std::int32_t*>(column.data), expr::missing_date);
    case expr::Storage::code8: {
      const auto* codes = static_cast<const std::uint8_t*>(column.data);
      const std::uint8_t code = column.translation == nullptr ? codes[i] : column.translation[codes[i]];
      return code == expr::missing_code8 ? std::string() : std::to_string(code);
    }
    case expr::Storage::code16: return text(static_cast<const std::uint16_t*>(column.data), expr::missing_code16);
    default: return text(static_cast<const std::int64_t*>(column.data), expr::missing_amount);
  }
}

// The columns of `table` that the indicators read, under their names.
void write_table(const fs::path& path, const kpi::Table& table, const expr::Schema& schema,
                 const std::vector<std::string>& names) {
  std::ofstream file(path);
  std::vector<const expr::Column*> columns;
  std::string header = "organisation";
  for (const std::string& name : names) {
    const auto variable = std::ranges::find(schema, name, &expr::Variable::name);
    columns.push_back(&table.columns[static_cast<std::size_t>(variable - schema.begin())]);
    header += "," + name;
  }
  file << header << '\n';
  for (std::size_t i = 0; i < table.rows; ++i) {
    std::string line = std::to_string(table.organisation[i]);
    for (const expr::Column* column : columns) line += "," + field(*column, i);
    file << line << '\n';
  }
}

void write_inputs(const fs::path& out, const bench::MadeInsurer& made, const kpi::Catalogue& catalogue) {
  write_table(out / "policies.csv", made.policies.table(), regime::policy_column_schema(),
              {"channel", "issued_on", "cooling_off_end", "success_on", "first_success_on", "success", "in_scope",
               "waived", "last_leg", "last_connection", "cancelled_in_cooling_off", "claim_ended_in_cooling_off"});
  write_table(out / "tickets.csv", made.tickets.table(catalogue.subtypes),
              regime::ticket_column_schema({catalogue.subtypes.begin(), catalogue.subtypes.end()}),
              {"channel", "issued_on", "kind", "subtype", "closed", "working_days_used"});
  std::ofstream file(out / "organisations.csv");
  file << "organisation,parent\n";
  for (std::size_t i = 0; i < made.tree.size(); ++i) {
    const auto parent = made.tree.at(i).parent;
    file << i << ',' << (parent ? std::to_string(*parent) : "") << '\n';
  }
}

struct Books {
  std::shared_ptr<const regime::Regime> operations = load({"operations-kpi"});
  std::shared_ptr<const regime::Regime> call_centre = load({"national", "call-centre-2021"});
};

struct Cards {
  kpi::Scorecard operations, call_centre;
};

Cards compute(const bench::MadeInsurer& made, const Books& books, const kpi::Request& request) {
  const kpi::Facts facts{.policies = made.policies, .tickets = made.tickets, .organisations = made.tree};
  return {.operations = kpi::compute(facts, kpi::catalogue_of(*books.operations), request).value(),
          .call_centre = kpi::compute(facts, kpi::catalogue_of(*books.call_centre), request).value()};
}

void write_figures(const fs::path& path, const Cards& cards, const Books& books) {
  std::ofstream file(path);
  file << "indicator,month,organisation,channel,numerator,denominator,excluded\n";
  const auto write = [&](const kpi::Scorecard& card, const regime::Regime& book) {
    for (const kpi::Line& line : card.lines())
      file << book.kpi->indicators[line.indicator].id << ',' << line.period.text() << ',' << *line.organisation << ','
           << static_cast<int>(*line.channel) << ',' << line.tally.numerator << ',' << line.tally.denominator << ','
           << fmt::format("{}", fmt::join(line.tally.excluded_by, ";")) << '\n';
  };
  write(cards.operations, *books.operations);
  write(cards.call_centre, *books.call_centre);
}

struct Taken {
  double wall_ms, processor_ms;
};

Taken measure(auto&& work) {
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t processor = std::clock();
  work();
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - start;
  return {.wall_ms = wall.count(),
          .processor_ms = 1000.0 * static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC};
}

kpi::Request request(const std::string& period, unsigned threads) {
  return {.period = kpi::Period::parse(period).value(),
          .by_organisation = true,
          .by_channel = true,
          .by_product_type = false,
          .by_month = true,
          .threads = threads};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::size_t policies = std::stoul(argv[1]);
  const fs::path out = argv[2];
  fs::create_directories(out);
  const Books books;
  const bench::MadeInsurer made = bench::make_insurer(policies);
  write_inputs(out, made, kpi::catalogue_of(*books.operations));
  write_figures(out / "figures.csv", compute(made, books, request("2020-01-01..2022-03-31", 2)), books);
  const std::size_t bytes = made.policies.bytes() + made.tickets.bytes();
  std::cout << fmt::format(R"({{"policies": {}, "tickets": {}, "organisations": {}, "bytes_per_policy": {:.1f}}})",
                           policies, made.tickets.rows(), made.tree.size(),
                           static_cast<double>(bytes) / static_cast<double>(policies))
            << std::endl;
  unsigned threads = 0;
  std::string period;
  while (std::cin >> threads >> period) {
    const Taken taken = measure([&] { compute(made, books, request(period, threads)); });
    std::cout << fmt::format("{:.2f} {:.2f}", taken.wall_ms, taken.processor_ms) << std::endl;
  }
}
