#include "exchange/session.hpp"

#include "crypto/digest.hpp"
#include "insertion/text_of.hpp"
#include "spie/dossier/contenu.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace spie::exchange {

using dossier::Effet;
using dossier::Evenement;
using dossier::Sujet;

namespace {

constexpr std::size_t kept_faults = 1'000;

constexpr LoadLimits usual_limits{.depth = 64,
                                  .steps = std::numeric_limits<std::int64_t>::max() / 2,
                                  .list_size = std::numeric_limits<std::size_t>::max(),
                                  .bytes = std::numeric_limits<std::size_t>::max()};

Arret beyond(std::string motif, std::string_view limit) {
  return {std::move(motif), "Partager le fichier, ou relever la limite « " + std::string(limit) + " » de sa lecture."};
}

// The one way into a report: whatever its sentences quote of a file, no NIR stands in them.
void keep(std::vector<Refus> &list, Refus fault) {
  for (std::string *text : {&fault.place, &fault.champ, &fault.motif, &fault.remede})
    if (dossier::find_nir(*text))
      *text = dossier::without_nir(*text);
  if (list.size() < kept_faults)
    list.push_back(std::move(fault));
}

} // namespace

std::string shown(std::string_view value) {
  if (dossier::resembles_nir(value))
    return dossier::masked_nir(value);
  return shortened(dossier::without_nir(value), 60);
}

Session::Session(dossier::Journal &journal, const ImportOptions &options, std::string format, std::string source,
                 std::string unite, Octets &bytes)
    : journal_(journal), options_(options), loading_(options.limits, usual_limits), format_(std::move(format)),
      source_(std::move(source)) {
  report_.format = format_;
  report_.fichier = dossier::without_nir(options.fichier);
  report_.unite = std::move(unite);
  digest(bytes);
}

// What is larger than its limit is not read to its end.
void Session::digest(Octets &bytes) {
  constexpr std::size_t bytes_a_step = 16;
  crypto::Sha256 digest;
  std::array<char, 1u << 16> buffer{};
  bool within = true;
  while (const std::size_t count = within ? bytes.read(buffer.data(), buffer.size()) : 0) {
    digest.update({buffer.data(), count});
    size_ += count;
    within = size_ <= loading_.limits().bytes && loading_.step(static_cast<std::int64_t>(count / bytes_a_step));
  }
  bytes.rewind();
  if (within)
    report_.document = crypto::hex(digest.finish());
}

void Session::check_limits() const {
  const LoadLimits &limits = loading_.limits();
  if (size_ > limits.bytes)
    throw beyond("le fichier dépasse " + std::to_string(limits.bytes) + " octets", "bytes");
  if (loading_.late())
    throw beyond("la lecture prend plus de " + std::to_string(limits.time.count()) + " ms", "milliseconds");
  if (loading_.exhausted())
    throw beyond("la lecture prend plus de " + std::to_string(limits.steps) + " pas", "steps");
}

Session::~Session() {
  if (batch_open_)
    journal_.rollback();
}

// A reading of the same bytes that was cut off is taken up where it stands: its records are known by now.
void Session::find_earlier() {
  for (const Sujet &subject : journal_.lookup("document", report_.document)) {
    const auto events = journal_.about(subject);
    if (events.empty() || text_of(events.front().contenu, "format") != format_)
      continue;
    if (journal_.closed(subject.id))
      earlier_.push_back(subject.id);
    else
      report_.import_id = subject.id;
  }
  report_.deja_lu = !earlier_.empty();
}

bool Session::here(std::string_view import_id) const {
  return import_id == report_.import_id || std::find(earlier_.begin(), earlier_.end(), import_id) != earlier_.end();
}

void Session::open(feel::Date reference, std::string nomenclature) {
  check_limits();
  reference_ = reference;
  nomenclature_ = std::move(nomenclature);
  report_.date_reference = reference;
  find_earlier();
  journal_.begin();
  batch_open_ = true;
  opened_ = true;
  if (!report_.import_id.empty())
    return;
  report_.import_id = journal_.draw_id();
  feel::Context content{{"etape", "ouvert"}, {"format", format_}, {"document", report_.document}};
  if (!report_.fichier.empty())
    content.set("fichier", report_.fichier);
  content.set("date_reference", reference);
  queue(event({dossier::Genre::import_, report_.import_id}, "import", std::move(content), {reference, {}, {}}, {}, {}));
  flush();
}

Evenement Session::event(const Sujet &subject, std::string_view type, feel::Context content, const Effet &effect,
                         const std::string &place, std::string cle) const {
  Evenement made;
  made.sujets = {subject};
  made.type = type;
  made.effet = effect;
  made.auteur = options_.auteur;
  made.source.nom = source_;
  made.source.nomenclature = nomenclature_;
  made.source.import_id = report_.import_id;
  made.source.place = dossier::without_nir(place);
  made.source.cle = std::move(cle);
  made.contenu = std::move(content);
  return made;
}

void Session::flush() {
  if (pending_.empty())
    return;
  journal_.append(pending_, options_.enregistre);
  report_.evenements += static_cast<std::int64_t>(pending_.size());
  report_.faits += std::count_if(pending_.begin(), pending_.end(), [](const Evenement &event) {
    return dossier::find_type(event.type)->cardinalite != dossier::Cardinalite::mecanique;
  });
  pending_.clear();
}

// Another writer may come in between.
void Session::go_on() {
  commit();
  journal_.begin();
  batch_open_ = true;
}

void Session::commit() {
  flush();
  journal_.commit();
  batch_open_ = false;
  in_batch_ = 0;
}

bool Session::is_new(const Sujet &subject) const {
  return std::find(made_.begin(), made_.end(), subject) != made_.end();
}

bool Session::seen(const Sujet &subject) { return seen_.find(subject.to_string()).has_value(); }

bool Session::see(const Sujet &subject) { return !seen_.emplace(subject.to_string(), 0); }

void Session::begin_record() {
  made_.clear();
  (void)loading_.step();
  check_limits();
  if (const std::size_t most = loading_.limits().list_size; static_cast<std::size_t>(report_.recus) == most)
    throw beyond("le fichier a plus de " + std::to_string(most) + " enregistrements", "list_size");
  ++report_.recus;
  if (options_.progres && report_.recus % 1'000 == 0)
    options_.progres(report_.recus);
}

void Session::end_record(bool read) {
  if (read) {
    ++report_.lus;
    flush();
  } else {
    ++report_.refuses_total;
    pending_.clear();
  }
  if (++in_batch_ >= options_.lot)
    go_on();
}

Sujet Session::attach(dossier::Releve releve, const std::string &place) {
  flush(); // who else of this record was read may be the one that it is compared with
  releve.source = source_;
  releve.cle = without_nir(std::move(releve.cle));
  Evenement model = event({dossier::Genre::personne, "x"}, "rattachement", {}, {reference_, {}, {}}, place, releve.cle);
  dossier::Rattachement result = dossier::rattacher(journal_, releve, model, options_.identite);
  if (result.regle == dossier::RegleRattachement::nouveau) {
    ++report_.dossiers_nouveaux;
    made_.push_back(result.dossier);
  } else if (!result.deja) {
    ++report_.dossiers_rattaches;
  }
  if (result.trop_d_homonymes)
    warn(Code::import_key, place, {}, {},
         "trop de dossiers ont ces noms et cette date de naissance : aucun n'est proposé comme doublon possible",
         "vérifier que les noms et les dates de naissance du fichier sont les vrais");
  if (!result.nir_faute.empty())
    refuse(Code::import_value, place, "NIR", dossier::masked_nir(releve.nir), result.nir_faute,
           "Vérifier à la source le NIR, la naissance et les noms ; l'enregistrement est lu sans lui.");
  report_.sur_noms += result.sur_noms ? 1 : 0;
  report_.doublons_proposes += static_cast<std::int64_t>(result.propositions.size());
  for (const dossier::Proposition &proposed : result.propositions)
    for (const std::string &reason : proposed.raisons)
      ++report_.doublons_par_raison[reason];
  // At once: the next person of this record may be the same one again.
  for (Evenement &made : result.evenements)
    queue(std::move(made));
  flush();
  return result.dossier;
}

std::string Session::without_nir(std::string cle) const {
  while (const auto at = dossier::find_nir(cle)) {
    const auto nir = dossier::read_nir(std::string_view(cle).substr(at->first, at->second));
    cle.replace(at->first, at->second, journal_.nir_fingerprints(nir->treize).front());
  }
  return cle;
}

Sujet Session::subject_of(dossier::Genre genre, const std::string &cle, const std::string &place) {
  const std::string masked = without_nir(cle);
  for (const Sujet &subject : journal_.lookup("source", source_ + "|" + masked))
    if (subject.genre == genre)
      return subject;
  Sujet made{genre, journal_.draw_id()};
  made_.push_back(made);
  queue(event(made, "rattachement", {{"cle", masked}, {"regle", "nouveau"}}, {reference_, {}, {}}, place, masked));
  return made;
}

void Session::refuse(Code code, std::string place, std::string field, std::string_view value, std::string motif,
                     std::string remede, bool whole_record) {
  ++report_.fautes;
  keep(report_.refuses, {code, report_.recus, whole_record ? "enregistrement" : "champ", std::move(place),
                         std::move(field), shown(value), std::move(motif), std::move(remede)});
}

void Session::warn(Code code, std::string place, std::string field, std::string_view value, std::string motif,
                   std::string remede) {
  ++report_.avertissements_total;
  keep(report_.avertissements, {code, report_.recus, "champ", std::move(place), std::move(field), shown(value),
                                std::move(motif), std::move(remede)});
}

void Session::record_absences(dossier::Genre genre, const std::string &key_prefix) {
  constexpr std::size_t page = 1'000;
  const std::string prefix = source_ + "|" + key_prefix;
  std::string after;
  for (;;) {
    const auto known = journal_.keyed("source", prefix, after, page);
    if (known.empty())
      return;
    after = known.back().valeur;
    for (const dossier::Trouve &one : known)
      if (one.sujet.genre == genre && !seen(one.sujet))
        record_absence(one.sujet);
    go_on();
  }
}

void Session::record_absence(const Sujet &subject) {
  // The file before this one already lacked it, or a later one has it: nothing new to say.
  const Evenement *last = nullptr;
  const auto events = journal_.about(subject);
  for (const Evenement &seen : events)
    if (seen.type == "observation" && seen.source.nom == source_ && seen.sujets.front() == subject &&
        (last == nullptr || seen.effet.debut >= last->effet.debut))
      last = &seen;
  if (last == nullptr || last->effet.debut >= reference_ || !last->contenu.find("presente")->is_true())
    return;
  queue(event(subject, "observation", {{"cle", text_of(last->contenu, "cle")}, {"presente", false}},
              {reference_, {}, {}}, {}, last->source.cle));
  ++report_.absents;
  flush();
}

Rapport Session::finish() {
  report_.tete = journal_.head();
  return std::move(report_);
}

Rapport Session::close() {
  feel::Context content{{"etape", "clos"}, {"format", format_}};
  content.set("recus", report_.recus);
  content.set("lus", report_.lus);
  content.set("refuses", report_.refuses_total);
  queue(
      event({dossier::Genre::import_, report_.import_id}, "import", std::move(content), {reference_, {}, {}}, {}, {}));
  commit();
  report_.clos = true;
  return finish();
}

Rapport Session::give_up(const Arret &arret, std::string place) {
  return give_up(Code::import_limit, std::move(place), arret.motif, arret.remede);
}

Rapport Session::give_up(Code code, std::string place, std::string motif, std::string remede) {
  refuse(code, std::move(place), {}, {}, std::move(motif), std::move(remede), true);
  pending_.clear();
  if (batch_open_)
    commit();
  return finish();
}

} // namespace spie::exchange
