// The money of a convention: budget, ledger, payments, statement, control, schedule.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "capi/streams.hpp"
#include "spie/convention/arrow.hpp"
#include "spie/convention/budget.hpp"
#include "spie/convention/echeancier.hpp"
#include "spie/convention/etat.hpp"
#include "spie/convention/tables.hpp"

#include <cstddef>

namespace spie::capi {

namespace {

using namespace spie::convention;

const Pack &pack_of(const spie_pack *pack) { return *needed(pack, "pack").pack; }

struct Reading {
  std::string name;
  ReadOptions options;
};

Reading reading_options(const spie_read_options *options, const char *name) {
  const auto given =
      options_argument(options, spie_read_options SPIE_READ_OPTIONS_INIT, offsetof(spie_read_options, limits));
  Reading reading{given.name == nullptr ? name : std::string(text_argument(given.name, "name")), {}};
  reading.options.encodage = given.windows_1252 != 0 ? Encodage::windows_1252 : Encodage::devine;
  if (given.separator != 0 && given.separator != ',' && given.separator != ';' && given.separator != '\t')
    refuse_argument("separator", "is none of , ; and tab");
  reading.options.separateur = static_cast<char>(given.separator);
  reading.options.limits = load_limits_argument(given.limits);
  return reading;
}

struct Asked {
  feel::Value facts;
  Options options;
};

Asked convention_options(const Pack &pack, const spie_convention_options *options) {
  const auto given = options_argument(options, spie_convention_options SPIE_CONVENTION_OPTIONS_INIT);
  return {object_argument(given.facts, given.facts_length, "facts"),
          {parameters_argument(pack, given.parameters, given.parameters_length)}};
}

// The document in the format asked for; `totals` is the statement's alone.
template <class Document> std::string written(const Document &document, int32_t format) {
  switch (format) {
  case SPIE_FORMAT_JSON:
    return write_json(to_value(document));
  case SPIE_FORMAT_CSV:
    return write_csv(document);
  case SPIE_FORMAT_CSV_TOTALS:
    if constexpr (std::is_same_v<Document, EtatDesDepenses>)
      return write_csv(document, Tableau::totaux);
    break;
  }
  refuse_argument("format", "is not one in which this document is written");
}

// Each document, from the arguments of the function that writes it and of the one that makes a table of it.

Budget budget_of(const spie_pack *pack, const spie_convention_options *options) {
  const Pack &given = pack_of(pack);
  return read_budget(given, convention_options(given, options).options);
}

Versements payments_of(const spie_payments *payments) {
  return payments == nullptr ? Versements() : payments->versements;
}

EtatDesDepenses statement_of(const spie_pack *pack, const spie_ledger *ledger, const spie_payments *payments,
                             const char *date, const spie_convention_options *options) {
  const Pack &given = pack_of(pack);
  const Registre &registre = needed(ledger, "ledger").registre;
  const feel::Date day = date_argument(date, "date");
  const Asked asked = convention_options(given, options);
  return etat_des_depenses(given, registre, payments_of(payments), asked.facts, day, asked.options);
}

Controle control_of(const spie_pack *pack, const spie_ledger *ledger, const spie_payments *payments, int32_t year,
                    const spie_convention_options *options) {
  const Pack &given = pack_of(pack);
  const Registre &registre = needed(ledger, "ledger").registre;
  const Asked asked = convention_options(given, options);
  const Versements &versements = payments_of(payments);
  return year == SPIE_CONTROL_FINAL ? controle_final(given, registre, versements, asked.options)
                                    : controle(given, registre, versements, year, asked.options);
}

Echeancier schedule_of(const spie_pack *pack, const char *date, const spie_convention_options *options) {
  const Pack &given = pack_of(pack);
  const feel::Date day = date_argument(date, "date");
  const Asked asked = convention_options(given, options);
  return echeancier(given, asked.facts, day, asked.options);
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_ledger_read(spie_ledger **ledger, const spie_pack *pack, const char *bytes, size_t length,
                             const spie_read_options *options, spie_error *error) {
  return give_handle(ledger, error, [&] {
    const Pack &given = pack_of(pack);
    const Reading reading = reading_options(options, "registre");
    return std::make_unique<spie_ledger>(spie_ledger{
        convention::read_registre(bytes_argument(bytes, length, "bytes"), reading.name, given, reading.options)});
  });
}

void spie_ledger_free(spie_ledger *ledger) { delete ledger; }

spie_status spie_ledger_json(char **json, size_t *length, const spie_ledger *ledger, spie_error *error) {
  return give_text(json, length, error, [&] { return convention::to_value(needed(ledger, "ledger").registre); });
}

spie_status spie_payments_read(spie_payments **payments, const char *bytes, size_t length,
                               const spie_read_options *options, spie_error *error) {
  return give_handle(payments, error, [&] {
    const Reading reading = reading_options(options, "versements");
    return std::make_unique<spie_payments>(spie_payments{
        convention::read_versements(bytes_argument(bytes, length, "bytes"), reading.name, reading.options)});
  });
}

void spie_payments_free(spie_payments *payments) { delete payments; }

spie_status spie_payments_json(char **json, size_t *length, const spie_payments *payments, spie_error *error) {
  return give_text(json, length, error, [&] { return convention::to_value(needed(payments, "payments").versements); });
}

spie_status spie_ledger_table(struct ArrowArrayStream *table, const spie_ledger *ledger, spie_error *error) {
  return give_stream(table, error,
                     [&](ArrowArrayStream &out) { convention::to_arrow(out, needed(ledger, "ledger").registre); });
}

spie_status spie_payments_table(struct ArrowArrayStream *table, const spie_payments *payments, spie_error *error) {
  return give_stream(
      table, error, [&](ArrowArrayStream &out) { convention::to_arrow(out, needed(payments, "payments").versements); });
}

spie_status spie_convention_budget(char **text, size_t *length, const spie_pack *pack,
                                   const spie_convention_options *options, int32_t format, spie_error *error) {
  return give_text(text, length, error, [&] { return written(budget_of(pack, options), format); });
}

spie_status spie_convention_budget_table(struct ArrowArrayStream *table, const spie_pack *pack,
                                         const spie_convention_options *options, spie_error *error) {
  return give_stream(table, error, [&](ArrowArrayStream &out) { convention::to_arrow(out, budget_of(pack, options)); });
}

spie_status spie_convention_statement(char **text, size_t *length, const spie_pack *pack, const spie_ledger *ledger,
                                      const spie_payments *payments, const char *date,
                                      const spie_convention_options *options, int32_t format, spie_error *error) {
  return give_text(text, length, error,
                   [&] { return written(statement_of(pack, ledger, payments, date, options), format); });
}

spie_status spie_convention_statement_table(struct ArrowArrayStream *table, const spie_pack *pack,
                                            const spie_ledger *ledger, const spie_payments *payments, const char *date,
                                            const spie_convention_options *options, int32_t totals, spie_error *error) {
  return give_stream(table, error, [&](ArrowArrayStream &out) {
    convention::to_arrow(out, statement_of(pack, ledger, payments, date, options),
                         totals != 0 ? convention::Tableau::totaux : convention::Tableau::lignes);
  });
}

spie_status spie_convention_control(char **text, size_t *length, const spie_pack *pack, const spie_ledger *ledger,
                                    const spie_payments *payments, int32_t year, const spie_convention_options *options,
                                    int32_t format, spie_error *error) {
  return give_text(text, length, error,
                   [&] { return written(control_of(pack, ledger, payments, year, options), format); });
}

spie_status spie_convention_control_table(struct ArrowArrayStream *table, const spie_pack *pack,
                                          const spie_ledger *ledger, const spie_payments *payments, int32_t year,
                                          const spie_convention_options *options, spie_error *error) {
  return give_stream(table, error, [&](ArrowArrayStream &out) {
    convention::to_arrow(out, control_of(pack, ledger, payments, year, options));
  });
}

spie_status spie_convention_schedule(char **text, size_t *length, const spie_pack *pack, const char *date,
                                     const spie_convention_options *options, int32_t format, spie_error *error) {
  return give_text(text, length, error, [&] { return written(schedule_of(pack, date, options), format); });
}

spie_status spie_convention_schedule_table(struct ArrowArrayStream *table, const spie_pack *pack, const char *date,
                                           const spie_convention_options *options, spie_error *error) {
  return give_stream(table, error,
                     [&](ArrowArrayStream &out) { convention::to_arrow(out, schedule_of(pack, date, options)); });
}
