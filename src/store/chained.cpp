#include "store/chained.hpp"

#include "insertion/dossier/evenement_octets.hpp"
#include "insertion/dossier/sans_nir.hpp"
#include "spie/dossier/contenu.hpp"
#include "spie/dossier/identite.hpp"
#include "spie/json.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <set>
#include <utility>

namespace spie::store {

using dossier::Evenement;
using dossier::Instant;
using dossier::one_day_ms;
using dossier::Sujet;

namespace {

[[noreturn]] void refuse(Code code, std::string message, std::string where, std::string remedy = {}) {
  throw Error({code, Level::error, std::move(message), std::move(where), std::move(remedy)});
}

[[noreturn]] void refuse_edited(std::int64_t seq) {
  refuse(Code::store_corrupt, "an event is not the one that was recorded", "seq " + std::to_string(seq),
         "Verify the store; restore a backup.");
}

std::string place(std::size_t index) { return "/" + std::to_string(index); }

// Big-endian, so that the bytes hashed do not depend on the machine.
void put(std::string &into, std::int64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8)
    into += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xFF);
}

// What the digest covers: the event without what the header says.
std::string encode(const Evenement &event) {
  Evenement bare = event;
  bare.seq = 0;
  return write_json(dossier::to_value(bare));
}

} // namespace

crypto::Digest ChainedJournal::link(const Entete &header, const crypto::Digest &before) const {
  std::string bytes(crypto::view(before));
  put(bytes, header.seq);
  bytes += crypto::view(header.jeton);
  put(bytes, header.instant);
  bytes += crypto::view(header.empreinte);
  return chain_(bytes);
}

Evenement ChainedJournal::parse(const Ligne &line) const {
  const std::string &bytes = line.corps->octets;
  auto read = dossier::read_octets(bytes);
  Evenement event = read ? *std::move(read) : dossier::read_evenement(read_json(bytes));
  event.seq = line.entete.seq;
  event.enregistre = {line.entete.instant};
  for (const dossier::Reprise &mended : mended_)
    if (mended.du <= event.seq && event.seq <= mended.au)
      event.enregistre = std::min(event.enregistre, mended.instant);
  return event;
}

Evenement ChainedJournal::decode(const Ligne &line) const {
  const Entete &header = line.entete;
  if (header.empreinte != crypto::sha256({crypto::view(line.corps->sel), line.corps->octets}) ||
      (line.avant && header.maillon != link(header, *line.avant)))
    refuse_edited(header.seq);
  return parse(line);
}

// Crockford's base 32, without the letters that are read as digits: eighty bits in sixteen characters that nobody can
// guess, and that say nothing of when they were drawn, nor of what was drawn with them.
std::string ChainedJournal::draw_id() {
  static constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
  std::array<std::uint8_t, 10> drawn{};
  entropy_(drawn);
  std::string id;
  for (std::size_t half = 0; half < drawn.size(); half += 5) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 5; ++i)
      bits = bits << 8 | drawn[half + i];
    for (int shift = 35; shift >= 0; shift -= 5)
      id += digits[bits >> shift & 31];
  }
  return id;
}

// --- appending ---

// The envelope is not masked by anybody: no NIR stands in it.
void ChainedJournal::refuse_nir(const Evenement &event, const std::string &where) {
  const auto look = [&](std::string_view text, std::string_view field) {
    if (dossier::holds_nir(text))
      refuse(Code::dossier_event, "a NIR stands here: it is kept nowhere but as its fingerprint",
             where + std::string(field), "Take it out.");
  };
  look(event.id, "/id");
  for (const Sujet &subject : event.sujets)
    look(subject.id, "/sujets");
  look(event.auteur, "/auteur");
  look(event.corrige, "/corrige");
  look(event.source.nom, "/source/nom");
  look(event.source.document, "/source/document");
  look(event.source.place, "/source/place");
  look(event.source.cle, "/source/cle");
  look(event.source.nomenclature, "/source/nomenclature");
  look(event.source.import_id, "/source/import");
}

void ChainedJournal::check(const Evenement &event, std::size_t index) {
  const std::string where = place(index);
  if (event.sujets.empty() || event.source.nom.empty())
    refuse(Code::dossier_event, "an event has a subject and a source", where);
  crypto::Digest document{};
  if (!event.source.document.empty() && !crypto::from_hex(event.source.document, document))
    refuse(Code::dossier_event, "a document is named by its SHA-256, 64 hexadecimal digits", where + "/source/document",
           "Give its digest; its name or its number go to 'place'.");
  if (event.effet.fin && *event.effet.fin <= event.effet.debut)
    refuse(Code::dossier_event, "the end is not after the beginning", where + "/effet/fin");
  if (!event.id.empty() && line_of(event.id))
    refuse(Code::dossier_duplicate, "an event has the id '" + event.id + "' already", where + "/id",
           "Leave the id out, or give another one.");
  if (event.corrige.empty()) {
    if (event.type == "retrait")
      refuse(Code::dossier_event, "a retraction names the event that it retracts", where + "/corrige");
    return;
  }
  const auto target = line_of(event.corrige);
  if (!target || !target->corps)
    refuse(Code::dossier_unknown, "there is no event '" + event.corrige + "' to correct", where + "/corrige");
  if (const auto already = corrected_by(event.corrige))
    refuse(Code::dossier_conflict, "the event '" + event.corrige + "' was corrected by '" + *already + "'",
           where + "/corrige", "Read the current version, and correct that one.");
  const Evenement corrected = decode(*target);
  // What the journal itself stands on is undone by an act of its own; an attachment is retracted by one.
  const dossier::TypeContenu *type = dossier::find_type(corrected.type);
  const bool detached = corrected.type == "rattachement" && event.type == "retrait";
  if (type != nullptr && type->cardinalite == dossier::Cardinalite::mecanique && corrected.type != "retrait" &&
      !detached)
    refuse(Code::dossier_event, "an event '" + corrected.type + "' is not corrected", where + "/corrige",
           corrected.type == "fusion" ? "Undo the merge."
           : corrected.type == "rattachement"
               ? "Detach it."
               : "Correct each fact that is wrong, or read the right file: a later one prevails.");
  if (corrected.type == "retrait")
    refuse(Code::dossier_conflict, "a retraction is not corrected", where + "/corrige", "Record the fact anew.");
  if (event.type != "retrait" && event.type != corrected.type)
    refuse(Code::dossier_event, "a correction has the type of what it corrects, '" + corrected.type + "'",
           where + "/type", "Give that type, or 'retrait' to retract.");
  if (event.sujets.front() != corrected.sujets.front())
    refuse(Code::dossier_event, "a correction is held by the subject of what it corrects", where + "/sujets/0");
}

Jeton ChainedJournal::token_for(const Sujet &subject) {
  if (const auto known = token(subject))
    return *known;
  Jeton drawn{};
  entropy_(drawn);
  add_subject(subject, drawn);
  return drawn;
}

void ChainedJournal::record(Evenement &event, Entete &last) {
  if (event.id.empty())
    event.id = draw_id();
  Ligne line;
  for (const Sujet &subject : event.sujets)
    token_for(subject);
  line.entete.seq = last.seq + 1;
  line.entete.jeton = token_for(event.sujets.front());
  line.entete.instant = event.enregistre.ms;
  line.corps = Corps{{}, encode(event)};
  entropy_(line.corps->sel);
  line.entete.empreinte = crypto::sha256({crypto::view(line.corps->sel), line.corps->octets});
  line.entete.maillon = link(line.entete, last.maillon);
  event.seq = line.entete.seq;
  write(line, event, dossier::keys_of(event));
  last = line.entete;
}

void ChainedJournal::refuse_far(Instant at) const {
  if (!clock_)
    return;
  const Instant now = clock_();
  if (at.ms - one_day_ms > now.ms)
    refuse(Code::dossier_instant,
           "the instant " + at.to_string() + " lies more than a day after the clock, " + now.to_string(), {},
           "Check the clock of this machine.");
}

void ChainedJournal::append(std::vector<Evenement> &events, Instant at) { append_at(events, at, false); }

// Only an event that mends the clock goes `back`.
void ChainedJournal::append_at(std::vector<Evenement> &events, Instant at, bool back) {
  if (events.empty())
    return;
  refuse_far(at);
  // A payload is read before anything is written: dates as text become dates, and a fault refuses the batch.
  for (std::size_t i = 0; i < events.size(); ++i) {
    const dossier::TypeContenu *type = dossier::find_type(events[i].type);
    if (type == nullptr)
      refuse(Code::dossier_type, "there is no event of the type '" + events[i].type + "'", place(i) + "/type");
    if (type->genre && (events[i].sujets.empty() || events[i].sujets.front().genre != *type->genre))
      refuse(Code::dossier_event,
             "an event of this type is held by a subject of the genre '" + std::string(text(*type->genre)) + "'",
             place(i) + "/sujets/0");
    std::vector<Diagnostic> faults;
    events[i].contenu = dossier::read_contenu(*type, events[i].contenu, faults);
    for (Diagnostic &fault : faults)
      fault.where = place(i) + fault.where;
    if (!faults.empty())
      throw Error(std::move(faults));
    dossier::hide_nir(events[i].contenu, *this, [&](std::string_view field, const feel::Value &value) {
      if (value.is(feel::Kind::number)) // no fingerprint fits in its field
        refuse(Code::dossier_event, "a NIR stands here as a number", place(i) + "/contenu/" + std::string(field),
               "Take it out.");
    });
    refuse_nir(events[i], place(i));
    events[i].version = type->version;
  }
  const auto run = [&] {
    Entete last = this->last().value_or(Entete{});
    if (!back && at.ms + tolerance_ms_ < last.instant)
      refuse(Code::dossier_instant,
             "the instant of record " + at.to_string() + " lies before the last one, " +
                 Instant{last.instant}.to_string(),
             {}, "Check the clock of this machine; when the last instant is the one that is wrong, mend the store.");
    for (std::size_t i = 0; i < events.size(); ++i) {
      check(events[i], i);
      events[i].enregistre = at;
      record(events[i], last);
    }
  };
  if (!in_batch()) {
    dossier::Lot batch(*this);
    run();
    batch.commit();
    return;
  }
  begin_part();
  try {
    run();
  } catch (...) {
    end_part(false);
    forget_known();
    throw;
  }
  end_part(true);
}

// --- reading ---

dossier::Evenements ChainedJournal::about(const Sujet &subject) {
  constexpr std::size_t most =
      256; // subjects: what one view asks for again and again, and no more memory than a cache has
  const std::int64_t head = follow();
  Known &held = known_[subject];
  if (held.events && held.upto == head)
    return dossier::Evenements(held.events);
  const auto lines = lines_about(subject, held.upto);
  if (!held.events || !lines.empty()) {
    auto events = held.events ? *held.events : std::vector<Evenement>();
    events.reserve(events.size() + lines.size());
    for (const Ligne &line : lines)
      if (line.corps) {
        events.push_back(decode(line));
        if (std::ranges::find(events.back().sujets, subject) == events.back().sujets.end())
          refuse_edited(line.entete.seq); // found under a subject that it does not name
      }
    held.events = std::make_shared<const std::vector<Evenement>>(std::move(events));
  }
  held.upto = head;
  dossier::Evenements result(held.events);
  if (known_.size() > most)
    forget_known();
  return result;
}

std::int64_t ChainedJournal::follow() {
  const std::int64_t head = last().value_or(Entete{}).seq;
  if (head == followed_)
    return head;
  const auto lines = lines_about({dossier::Genre::journal, "journal"}, followed_);
  if (!lines.empty())
    known_.clear(); // an erasure, or instants that are mended
  for (const Ligne &line : lines)
    // Read only when its bytes say that it may be one: there may be thousands of erasures.
    if (line.corps && (line.corps->octets.find("reprise_horloge") != std::string::npos ||
                       line.corps->octets.find("journal_acces") != std::string::npos)) {
      const Evenement event = decode(line);
      const auto number = [&](std::string_view field) {
        return event.contenu.find(field)->number().to_int64().value_or(0);
      };
      if (event.type == "reprise_horloge")
        mended_.push_back({number("du"), number("au"), event.enregistre});
      else if (event.type == "journal_acces" && !accesses_)
        accesses_ = {event.contenu.find("identite")->text(), event.seq, event.enregistre};
    }
  followed_ = head;
  return head;
}

void ChainedJournal::forget_known() noexcept {
  known_.clear();
  closed_.clear();
  mended_.clear();
  accesses_.reset();
  followed_ = 0;
}

void ChainedJournal::rollback() noexcept {
  give_up();
  forget_known();
}

std::optional<Evenement> ChainedJournal::find(std::string_view id) {
  follow();
  const auto line = line_of(id);
  if (!line || !line->corps)
    return std::nullopt;
  Evenement event = decode(*line);
  if (event.id != id)
    refuse_edited(event.seq);
  return event;
}

void ChainedJournal::each(std::int64_t from, std::int64_t until, const std::function<void(const Evenement &)> &visit) {
  follow();
  each_line(from, until, [&](const Ligne &line) {
    if (line.corps)
      visit(decode(line));
  });
}

std::optional<std::pair<std::int64_t, Instant>> ChainedJournal::closed(std::string_view import_id) {
  if (const auto known = closed_.find(import_id); known != closed_.end())
    return known->second;
  for (const Evenement &event : about({dossier::Genre::import_, std::string(import_id)}))
    if (const feel::Value *step = event.contenu.find("etape");
        event.type == "import" && step != nullptr && step->is(feel::Kind::text) && step->text() == "clos") {
      const std::pair closing(event.seq, event.enregistre);
      if (!in_batch()) // a batch may still be given up
        closed_.emplace(import_id, closing);
      return closing;
    }
  return std::nullopt;
}

dossier::Tete ChainedJournal::head() {
  const Entete last = this->last().value_or(Entete{});
  return {last.seq, crypto::hex(last.maillon)};
}

std::optional<Instant> ChainedJournal::dernier_instant() {
  const auto found = last();
  return found ? std::optional(Instant{found->instant}) : std::nullopt;
}

// --- what the chain says of the store itself ---

namespace {

Evenement about_the_store(std::string_view type, std::string_view auteur, Instant at, feel::Context content) {
  Evenement event;
  event.sujets = {{dossier::Genre::journal, "journal"}};
  event.type = type;
  event.effet.debut = at.date();
  event.auteur = auteur;
  event.source.nom = type;
  event.contenu = std::move(content);
  return event;
}

} // namespace

dossier::Reprise ChainedJournal::reprendre_horloge(std::string_view motif, std::string_view auteur, Instant at) {
  if (clock_ && std::abs(clock_().ms - at.ms) > one_day_ms)
    refuse(Code::dossier_instant,
           "the right instant, " + at.to_string() + ", lies more than a day from the clock, " + clock_().to_string(),
           {}, "Check the clock of this machine.");
  dossier::Lot batch(*this);
  const auto found = last();
  if (!found || found->instant <= at.ms + tolerance_ms_)
    refuse(Code::dossier_instant, "no instant lies ahead of " + at.to_string() + ": there is nothing to mend", {},
           "Record as usual.");
  dossier::Reprise mended{0, found->seq, at};
  each_line(std::numeric_limits<std::int64_t>::min(), dossier::everything, [&](const Ligne &line) {
    if (line.entete.instant <= at.ms)
      mended.du = 0;
    else if (mended.du == 0)
      mended.du = line.entete.seq;
  });
  feel::Context content{{"du", mended.du}, {"au", mended.au}, {"instant", at.to_string()}};
  if (!motif.empty())
    content.set("motif", motif);
  std::vector<Evenement> events{about_the_store("reprise_horloge", auteur, at, std::move(content))};
  append_at(events, at, true);
  batch.commit();
  return mended;
}

std::optional<dossier::AccesConnu> ChainedJournal::acces() {
  follow();
  return accesses_;
}

void ChainedJournal::garder_acces(std::string_view identite, Instant at) {
  if (identite.empty() || acces())
    return;
  std::vector<Evenement> events{
      about_the_store("journal_acces", "spie", dernier_instant().value_or(at), feel::Context{{"identite", identite}})};
  append(events, dernier_instant().value_or(at));
}

std::vector<std::string> ChainedJournal::nir_fingerprints(std::string_view nir13) {
  const auto fingerprint = [&](const std::string &id, const crypto::Key &key) {
    return id + ":" + crypto::hex(crypto::hmac_sha256(key, nir13));
  };
  std::vector<std::string> prints{fingerprint(keys_.id, keys_.nir)};
  for (const auto &[id, key] : keys_.anciennes)
    prints.push_back(fingerprint(id, key));
  return prints;
}

// --- proof ---

dossier::Verification ChainedJournal::verify(std::optional<std::string_view> head) {
  dossier::Verification result;
  crypto::Digest wanted{};
  if (head) {
    if (!crypto::from_hex(*head, wanted))
      refuse(Code::store_verify, "a head is 64 hexadecimal digits", {}, "Give the one that an import report printed.");
    result.tete_trouvee = wanted == crypto::Digest{};
  }
  const Constat fault = [&](std::int64_t seq, std::string message) {
    if (result.constats.size() < 20)
      result.constats.push_back({Code::store_verify, Level::error, std::move(message), "seq " + std::to_string(seq),
                                 "Restore a backup; compare with the heads that were written down."});
  };
  const std::unique_ptr<Releve> kept = releve(fault);
  Entete before;
  std::vector<std::pair<std::int64_t, Jeton>> without_content;
  std::set<Jeton> erased;
  const auto see = [&](const Ligne &line) {
    const Evenement event = parse(line);
    Jeton token{};
    if (event.type == "effacement" && crypto::from_hex(event.contenu.find("jeton")->text(), token))
      erased.insert(token);
    if (event.type == "journal_acces" && result.acces.empty())
      result.acces = event.contenu.find("identite")->text();
    if (kept)
      kept->see(line, event);
  };
  each_line(std::numeric_limits<std::int64_t>::min(), dossier::everything, [&](const Ligne &line) {
    const Entete &header = line.entete;
    if (header.seq != before.seq + 1)
      fault(before.seq + 1, "events are missing");
    if (header.maillon != link(header, before.maillon))
      fault(header.seq, "the chain is broken: an event was edited, removed, added or moved");
    ++result.evenements;
    if (!line.corps)
      without_content.emplace_back(header.seq, header.jeton);
    else if (header.empreinte != crypto::sha256({crypto::view(line.corps->sel), line.corps->octets}))
      fault(header.seq, "the content is not the one that was recorded");
    else
      try {
        see(line);
      } catch (const Error &error) {
        if (error.first().code != Code::dossier_type) // of a later version: the chain holds it all the same
          fault(header.seq, "the content cannot be read: " + error.first().message);
      }
    if (head && header.maillon == wanted)
      result.tete_trouvee = true;
    before = header;
  });
  for (const auto &[seq, token] : without_content) {
    ++result.effaces;
    if (!erased.contains(token))
      fault(seq, "the content is gone, and no erasure says so");
  }
  if (kept)
    kept->end(erased.size());
  if (result.tete_trouvee == false)
    fault(before.seq, "the head asked for is not in the chain: the journal was cut, or written anew");
  result.tete = {before.seq, crypto::hex(before.maillon)};
  result.intact = result.constats.empty();
  return result;
}

// --- erasure ---

void ChainedJournal::record_erasure(const dossier::Effacement &done, std::string_view motif, std::string_view auteur,
                                    Instant at) {
  feel::Context content{{"jeton", done.jeton}, {"evenements", done.evenements}};
  if (!motif.empty())
    content.set("motif", motif);
  std::vector<Evenement> events{about_the_store("effacement", auteur, at, std::move(content))};
  append(events, at);
}

std::vector<dossier::Effacement> ChainedJournal::erase(const std::vector<Sujet> &subjects, std::string_view motif,
                                                       std::string_view auteur, Instant at,
                                                       const std::function<void()> &before) {
  std::vector<dossier::Effacement> done;
  dossier::Lot batch(*this);
  for (const Sujet &subject : subjects) {
    const auto known = token(subject);
    if (!known)
      refuse(Code::dossier_unknown, "the store has no '" + subject.to_string() + "'", {});
    done.push_back({crypto::hex(*known), forget(*known)});
    forget_known();
    record_erasure(done.back(), motif, auteur, at);
  }
  forget_unnamed();
  if (before)
    before();
  batch.commit();
  if (!done.empty())
    scrub();
  return done;
}

std::vector<dossier::Effacement> ChainedJournal::erasures() {
  std::vector<dossier::Effacement> list;
  for (const Evenement &event : about({dossier::Genre::journal, "journal"}))
    if (event.type == "effacement")
      list.push_back(
          {event.contenu.find("jeton")->text(), event.contenu.find("evenements")->number().to_int64().value_or(0)});
  return list;
}

std::size_t ChainedJournal::replay(const std::vector<std::string> &jetons, std::string_view auteur, Instant at) {
  std::size_t count = 0;
  dossier::Lot batch(*this);
  for (const std::string &text : jetons) {
    Jeton token{};
    if (!crypto::from_hex(text, token))
      refuse(Code::dossier_unknown, "'" + text + "' is not the token of an erasure", {});
    const dossier::Effacement again{text, forget(token)};
    forget_known();
    if (again.evenements == 0)
      continue;
    record_erasure(again, "repris de la liste des effacements", auteur, at);
    ++count;
  }
  forget_unnamed();
  batch.commit();
  if (count != 0)
    scrub();
  return count;
}

} // namespace spie::store
