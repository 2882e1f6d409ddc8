// How fast are people through the decision `entree` of Seine-et-Marne as a whole table, each with a list of freins? By
// columns and row by row, on one thread, Arrow in and out; and how much memory that takes beyond the table.
//
//     table_entree [rows] [rounds]
#include "rules/table/column.hpp"
#include "rules/table/export.hpp"
#include "spie/pack/table.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace spie;
using table::ArrayData;
using table::Buffer;
using table::buffer_of;
using table::SchemaData;

namespace {

constexpr std::int64_t batch_rows = 125'000;

struct Column {
  SchemaData schema;
  ArrayData array;
};

class People {
public:
  Column batch() {
    const std::vector<std::string> answers{"oui", "non", "non_aborde", "refuse", "ne_sait_pas"};
    const std::vector<std::string> communes{"77001", "77124", "77305", "77379", "77512", "77420"};
    const std::vector<std::string> codes{"mobilite",
                                         "contraintes_familiales",
                                         "sante",
                                         "maitrise_langue",
                                         "logement",
                                         "difficulte_financiere",
                                         "difficulte_administrative",
                                         "numerique",
                                         "isolement",
                                         "formation",
                                         "emploi",
                                         "choisir_un_metier",
                                         "preparer_sa_candidature",
                                         "trouver_un_emploi"};
    Column people{{"+s", "", {}, 0, {}, {}}, {}};
    people.array.length = batch_rows;
    people.array.buffers.emplace_back();
    const auto add = [&](Column column) {
      people.schema.children.push_back(std::move(column.schema));
      people.array.children.push_back(std::move(column.array));
    };
    const auto n = static_cast<std::size_t>(batch_rows);
    for (const char *name : {"rsa", "quartier_prioritaire", "jeune_infra_bac", "situation_handicap",
                             "reside_departement", "territoire_rural"})
      add(texts(std::string("beneficiaire.") + name, n, answers, 0.03, 0.75));
    add(texts("beneficiaire.code_commune", n, communes, 0.05, 0));
    add(texts("diagnostic_complet", n, answers, 0.05, 0.6));
    add(integers("duree_inscription_mois", "i", n, 40, 0, 0.2));
    add(integers("date_inscription", "tdD", n, 1'500, 18'000, 0.3));
    std::vector<std::int32_t> offsets{0};
    for (std::size_t i = 0; i < n; ++i)
      offsets.push_back(offsets.back() + static_cast<std::int32_t>(random_() % 13));
    const auto items = static_cast<std::size_t>(offsets.back());
    Column item{{"+s", "item", {}, ARROW_FLAG_NULLABLE, {}, {}}, {}};
    item.array.length = static_cast<std::int64_t>(items);
    item.array.buffers.emplace_back();
    for (Column column : {texts("code", items, codes, 0, 0), texts("reponse", items, answers, 0.02, 0.6)}) {
      item.schema.children.push_back(std::move(column.schema));
      item.array.children.push_back(std::move(column.array));
    }
    Column freins{{"+l", "freins", {}, ARROW_FLAG_NULLABLE, {}, {}}, {}};
    freins.array.length = batch_rows;
    freins.array.buffers = {Buffer(), buffer_of(std::move(offsets))};
    freins.schema.children.push_back(std::move(item.schema));
    freins.array.children.push_back(std::move(item.array));
    add(std::move(freins));
    return people;
  }

private:
  bool chance(double share) { return static_cast<double>(random_() % 10'000) < share * 10'000; }

  // `first`: how often the first or the second, which are the plain answers.
  Column texts(std::string name, std::size_t count, const std::vector<std::string> &values, double nulls,
               double first) {
    Column column{{"i", std::move(name), {}, ARROW_FLAG_NULLABLE, {}, {}}, {}};
    std::vector<std::int32_t> codes, offsets{0};
    std::vector<std::uint8_t> valid(count / 8 + 1, 0xFF);
    for (std::size_t i = 0; i < count; ++i) {
      codes.push_back(static_cast<std::int32_t>(random_() % (chance(first) ? 2 : values.size())));
      if (chance(nulls)) {
        valid[i / 8] = static_cast<std::uint8_t>(valid[i / 8] & ~(1U << (i % 8)));
        ++column.array.null_count;
      }
    }
    std::vector<char> bytes;
    for (const std::string &value : values) {
      bytes.insert(bytes.end(), value.begin(), value.end());
      offsets.push_back(static_cast<std::int32_t>(bytes.size()));
    }
    ArrayData dictionary;
    dictionary.length = static_cast<std::int64_t>(values.size());
    dictionary.buffers = {Buffer(), buffer_of(std::move(offsets)), buffer_of(std::move(bytes))};
    column.array.length = static_cast<std::int64_t>(count);
    column.array.buffers = {nulls > 0 ? buffer_of(std::move(valid)) : Buffer(), buffer_of(std::move(codes))};
    column.array.dictionary.push_back(std::move(dictionary));
    column.schema.dictionary.push_back({"u", "", {}, ARROW_FLAG_NULLABLE, {}, {}});
    return column;
  }

  Column integers(std::string name, std::string format, std::size_t count, std::uint32_t range, std::int32_t from,
                  double nulls) {
    Column column{{std::move(format), std::move(name), {}, ARROW_FLAG_NULLABLE, {}, {}}, {}};
    std::vector<std::int32_t> values;
    std::vector<std::uint8_t> valid(count / 8 + 1, 0xFF);
    for (std::size_t i = 0; i < count; ++i) {
      values.push_back(from + static_cast<std::int32_t>(random_() % range));
      if (chance(nulls)) {
        valid[i / 8] = static_cast<std::uint8_t>(valid[i / 8] & ~(1U << (i % 8)));
        ++column.array.null_count;
      }
    }
    column.array.length = static_cast<std::int64_t>(count);
    column.array.buffers = {buffer_of(std::move(valid)), buffer_of(std::move(values))};
    return column;
  }

  std::mt19937 random_{20'220'601};
};

// The same batch over and over.
struct Repeated {
  const Column &batch;
  std::int64_t left;

  ArrowArrayStream stream() {
    ArrowArrayStream made{};
    made.get_schema = [](ArrowArrayStream *self, ArrowSchema *out) {
      table::give(*out, static_cast<Repeated *>(self->private_data)->batch.schema);
      return 0;
    };
    made.get_next = [](ArrowArrayStream *self, ArrowArray *out) {
      auto &me = *static_cast<Repeated *>(self->private_data);
      out->release = nullptr;
      if (me.left <= 0)
        return 0;
      ArrayData array = me.batch.array;
      me.left -= array.length;
      table::give(*out, std::move(array));
      return 0;
    };
    made.get_last_error = [](ArrowArrayStream *) -> const char * { return nullptr; };
    made.release = [](ArrowArrayStream *self) { self->release = nullptr; };
    made.private_data = this;
    return made;
  }
};

std::int64_t answered(const std::shared_ptr<const PackDecision> &decision, const Column &batch, std::int64_t rows,
                      bool by_columns, std::vector<feel::Value> *into = nullptr) {
  PackTableOptions options;
  options.threads = 1;
  options.colonnes = by_columns;
  Repeated repeated{batch, rows};
  ArrowArrayStream given = repeated.stream(), answer{};
  evaluate_table(answer, decision, given, "2022-06-01", options);
  ArrowSchema schema{};
  answer.get_schema(&answer, &schema);
  const table::Layout layout = table::read_layout(schema);
  schema.release(&schema);
  std::int64_t count = 0;
  while (true) {
    ArrowArray array{};
    if (answer.get_next(&answer, &array) != 0) {
      std::fprintf(stderr, "%s\n", answer.get_last_error(&answer));
      std::exit(1);
    }
    if (array.release == nullptr)
      break;
    count += array.length;
    if (into != nullptr) {
      std::size_t dictionaries = 0;
      const table::Column columns = table::read_column(layout, array, dictionaries);
      for (std::int64_t row = 0; row < columns.length; ++row)
        for (const table::Column &column : columns.children) {
          std::int64_t left = table::max_values;
          into->push_back(table::value_at(column, row, left));
        }
    }
    array.release(&array);
    if (count >= rows)
      break;
  }
  answer.release(&answer);
  return count;
}

template <class Work> double best(int rounds, std::int64_t rows, Work work) {
  double least = std::numeric_limits<double>::infinity();
  for (int round = 0; round < rounds; ++round) {
    const std::clock_t start = std::clock(); // of the processor: there is one thread
    work();
    const double spent = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC * 1e9;
    least = std::min(least, spent / static_cast<double>(rows));
  }
  return least;
}

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

} // namespace

int main(int argument_count, char **arguments) {
  const std::int64_t rows = argument_count > 1 ? std::atoll(arguments[1]) : 1'000'000;
  const int rounds = argument_count > 2 ? std::atoi(arguments[2]) : 3;
  const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  const auto decision = pack->decision("entree");
  const Column batch = People().batch();

  constexpr std::int64_t checked = 1'000;
  Column few = batch;
  few.array.length = checked;
  std::vector<feel::Value> by_columns, by_rows;
  answered(decision, few, checked, true, &by_columns);
  answered(decision, few, checked, false, &by_rows);
  bool same = by_columns.size() == by_rows.size();
  for (std::size_t i = 0; same && i < by_rows.size(); ++i)
    same = identical(by_columns[i], by_rows[i]);
  if (!same) {
    std::fprintf(stderr, "columns and rows do not agree\n");
    return 1;
  }
  const double before = peak_mib();
  const double columns = best(rounds, rows, [&] { answered(decision, batch, rows, true); });
  const double after = peak_mib();
  const double alone = best(rounds, checked, [&] { answered(decision, few, checked, false); });
  std::printf("entree, row by row                 %10.0f ns a row\n", alone);
  std::printf("entree, by columns                 %10.0f ns a row %8.1f times\n", columns, alone / columns);
  std::printf("peak memory, %lld rows: %.0f MiB with the table, %.0f MiB after\n", static_cast<long long>(rows), before,
              after);
  return 0;
}
