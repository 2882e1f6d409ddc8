#include "store/chained_acces.hpp"

#include "spie/json.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

namespace spie::store {

namespace {

using dossier::Instant;
using dossier::Sujet;
using droits::Acces;

Acces decode(const std::string &bytes, std::int64_t seq, std::int64_t instant) {
  const feel::Value value = read_json(bytes, "accès");
  const auto text = [&](std::string_view key) {
    const feel::Value *found = value.context().find(key);
    return found != nullptr && found->is(feel::Kind::text) ? found->text() : std::string();
  };
  const auto number = [](const feel::Value &from, std::string_view key) {
    return from.context().find(key)->number().to_int64().value_or(0);
  };
  Acces entry{seq, {instant},    text("acteur"), text("structure"), text("role"), text("finalite"), text("operation"),
              {},  text("refus")};
  for (const feel::Value &one : value.context().find("dossiers")->list())
    if (auto subject = Sujet::parse(one.text()))
      entry.dossiers.push_back(std::move(*subject));
  if (const feel::Value *mended = value.context().find("reprise"); mended != nullptr) {
    entry.reprise = {number(*mended, "du"), number(*mended, "au"), {instant}};
    entry.motif = text("motif");
  }
  return entry;
}

[[noreturn]] void refuse_edited(std::int64_t seq) {
  throw Error({Code::store_corrupt, Level::error, "an access is not the one that was noted",
               "seq " + std::to_string(seq), "Verify the journal of accesses; restore a backup."});
}

[[noreturn]] void refuse_instant(std::string message, std::string remedy) {
  throw Error({Code::dossier_instant, Level::error, std::move(message), {}, std::move(remedy)});
}

std::int64_t right(std::int64_t seq, std::int64_t instant, const std::vector<dossier::Reprise> &mended) {
  for (const dossier::Reprise &one : mended)
    if (one.du <= seq && seq <= one.au)
      instant = std::min(instant, one.instant.ms);
  return instant;
}

} // namespace

ChainedAcces::ChainedAcces(const Keys &keys, const Options &options)
    : key_(crypto::hmac_sha256(keys.chaine, "spie.acces")), tolerance_(options.tolerance_ms),
      clock_(options.maintenant) {}

// What is kept to know the keys again, and tells nothing of them; before the identity is taken.
std::string ChainedAcces::check_value() const { return crypto::hex(crypto::hmac_sha256(key_, "spie.acces.cle")); }

// Each journal has a chain of its own: what one says cannot be moved into another.
void ChainedAcces::take_identity(std::string identity) {
  identity_ = std::move(identity);
  key_ = crypto::hmac_sha256(key_, "identite|" + identity_);
}

void ChainedAcces::found(bool lasting) {
  set("cle", check_value());
  std::array<std::uint8_t, 16> drawn{};
  crypto::system_entropy(drawn);
  take_identity(lasting ? crypto::hex(drawn) : std::string());
  set("identite", identity_);
  set("depart", sealed({}));
}

void ChainedAcces::recognise(const std::string &path) {
  if (setting("cle") != check_value())
    throw Error({Code::store_key, Level::error, "the keys are not those of this journal", path, {}});
  take_identity(setting("identite"));
}

void ChainedAcces::noter(Acces &entry) {
  droits::hide_nir(entry);
  if (clock_ && entry.instant.ms - dossier::one_day_ms > clock_().ms)
    refuse_instant("the instant of the access " + entry.instant.to_string() +
                       " lies more than a day after the clock, " + clock_().to_string(),
                   "Check the clock of this machine.");
  batch([&] {
    const Maillon before = last();
    if (entry.instant.ms + tolerance_ < before.instant)
      refuse_instant("the instant of the access " + entry.instant.to_string() + " lies before the last one, " +
                         Instant{before.instant}.to_string(),
                     "Check the clock of this machine; when the last instant is the one that is wrong, mend the "
                     "journal of accesses.");
    add(entry, before);
  });
}

void ChainedAcces::each(const std::function<void(const Acces &)> &visit) {
  const auto mended = mends();
  crypto::Digest before = start().empreinte;
  each_line([&](const LigneAcces &line) {
    visit(read(line, before, mended));
    before = *line.maillon; // it was read: it has one
  });
}

std::vector<Acces> ChainedAcces::sur(const Sujet &dossier) {
  const auto mended = mends();
  const Maillon first = start();
  std::vector<Acces> list;
  for (const LigneAcces &line : lines_about(dossier)) {
    list.push_back(read(line, line.avant.value_or(first.empreinte), mended));
    if (std::ranges::find(list.back().dossiers, dossier) == list.back().dossiers.end())
      refuse_edited(line.seq);
  }
  return list;
}

std::optional<Instant> ChainedAcces::dernier_instant() {
  const Maillon found = last();
  return found.seq == 0 ? std::nullopt : std::optional(Instant{found.instant});
}

dossier::Reprise ChainedAcces::reprendre_horloge(std::string_view motif, std::string_view auteur, Instant at) {
  if (clock_ && std::abs(clock_().ms - at.ms) > dossier::one_day_ms)
    refuse_instant("the right instant, " + at.to_string() + ", lies more than a day from the clock, " +
                       clock_().to_string(),
                   "Check the clock of this machine.");
  dossier::Reprise mended{0, 0, at};
  batch([&] {
    const Maillon before = last();
    if (before.instant <= at.ms + tolerance_)
      refuse_instant("no access lies ahead of " + at.to_string() + ": there is nothing to mend", "Note as usual.");
    mended.du = last_until(at.ms).value_or(start().seq) + 1;
    mended.au = before.seq;
    Acces entry;
    entry.instant = at;
    entry.acteur = auteur;
    entry.operation = "horloge";
    entry.reprise = mended;
    entry.motif = motif;
    add(entry, before);
    set("reprises", setting("reprises") + std::to_string(entry.seq) + ";");
  });
  return mended;
}

// The oldest ones, up to the first that is to be kept: what is left is one chain.
std::int64_t ChainedAcces::purger(Instant before) {
  std::int64_t count = 0;
  batch([&] {
    const auto mended = mends();
    const auto first = first_from(
        before.ms, [&](std::int64_t seq, std::int64_t instant) { return right(seq, instant, mended) >= before.ms; });
    const auto gone = last_before(first.value_or(dossier::everything));
    if (!gone)
      return;
    const Maillon start = whole(*gone);
    count = forget_until(start.seq);
    set("depart", sealed(start));
  });
  if (count != 0)
    scrub();
  return count;
}

droits::VerificationAcces ChainedAcces::verify(std::optional<std::string_view> head) {
  droits::VerificationAcces result;
  crypto::Digest wanted{};
  if (head) {
    if (!crypto::from_hex(*head, wanted))
      throw Error({Code::store_verify,
                   Level::error,
                   "a head is 64 hexadecimal digits",
                   {},
                   "Give the one that a verification printed."});
    result.tete_trouvee = wanted == crypto::Digest{};
  }
  const auto fault = [&](std::int64_t seq, std::string message) {
    if (result.constats.size() < 20)
      result.constats.push_back(
          {Code::store_verify, Level::error, std::move(message), "seq " + std::to_string(seq), {}});
  };
  const auto reading = releve();
  const auto start = depart();
  if (!start)
    fault(0, "where the chain starts was edited");
  Maillon before = start.value_or(Maillon{});
  std::int64_t names = 0;
  std::vector<std::int64_t> mended;
  each_line([&](const LigneAcces &line) {
    const std::int64_t seq = line.seq, instant = line.instant;
    const crypto::Digest held = line.maillon.value_or(crypto::Digest{});
    if (seq != before.seq + 1)
      fault(before.seq + 1, "accesses are missing");
    if (line.maillon != next(before.empreinte, seq, instant, line.octets))
      fault(seq, "the chain is broken: an access was edited, removed, added or moved");
    else
      try {
        const Acces entry = decode(line.octets, seq, instant);
        if (entry.reprise)
          mended.push_back(seq);
        for (const Sujet &one : std::set<Sujet>(entry.dossiers.begin(), entry.dossiers.end())) {
          ++names;
          if (!reading->names(one, seq))
            fault(seq, "the access is not found from " + one.to_string() + ", which it names");
        }
      } catch (const Error &error) {
        fault(seq, "the access cannot be read: " + error.first().message);
      }
    if (result.entrees++ == 0)
      result.premier = seq;
    before = {seq, instant, held};
    if (head && held == wanted)
      result.tete_trouvee = true;
  });
  if (head && start && start->empreinte == wanted)
    result.tete_trouvee = true; // the last one that was purged
  if (result.tete_trouvee == false)
    fault(before.seq, "the head asked for is not in the chain: the journal was cut, written anew, or purged since");
  if (reading->named() != names)
    fault(0, "dossiers are named by accesses that do not name them");
  std::vector<std::int64_t> said = listed();
  std::erase_if(said, [&](std::int64_t seq) { return start && 0 <= seq && seq <= start->seq; }); // purged since
  if (said != mended)
    fault(0, "the list of the clocks that were mended was edited");
  for (const std::string &damage : reading->damage())
    fault(0, "the file is damaged: " + damage);
  result.identite = identity_;
  result.tete = {before.seq, crypto::hex(before.empreinte)};
  result.intact = result.constats.empty();
  return result;
}

void ChainedAcces::add(Acces &entry, const Maillon &before) {
  feel::Context content = droits::to_value(entry).context();
  content.set("seq", {}); // the chain says it, and the instant
  entry.seq = before.seq + 1;
  LigneAcces line{entry.seq, entry.instant.ms, write_json(content), {}, {}};
  line.maillon = next(before.empreinte, line.seq, line.instant, line.octets);
  write(line, entry.dossiers);
}

// Checked against the link before it.
Acces ChainedAcces::read(const LigneAcces &line, const crypto::Digest &before, const Mends &mended) const {
  if (line.maillon != next(before, line.seq, line.instant, line.octets))
    refuse_edited(line.seq);
  Acces entry = decode(line.octets, line.seq, line.instant);
  entry.instant.ms = right(line.seq, line.instant, mended);
  return entry;
}

std::vector<std::int64_t> ChainedAcces::listed() const {
  const std::string text = setting("reprises");
  std::vector<std::int64_t> found;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(';', from), text.size());
    const auto seq = feel::Number::parse(text.substr(from, end - from));
    found.push_back(seq ? seq->to_int64().value_or(-1) : -1);
    from = end + 1;
  }
  return found;
}

// Those of the entries "horloge" that are still kept; a setting says where they stand, and verify() that it is right.
ChainedAcces::Mends ChainedAcces::mends() const {
  Mends found;
  const Maillon first = start();
  for (const std::int64_t seq : listed())
    if (const auto held = line(seq)) // not purged
      if (const auto mended = read(*held, held->avant.value_or(first.empreinte), {}).reprise)
        found.push_back(*mended);
  return found;
}

crypto::Digest ChainedAcces::next(const crypto::Digest &before, std::int64_t seq, std::int64_t instant,
                                  const std::string &bytes) const {
  return crypto::hmac_sha256(key_, std::string(crypto::view(before)) + "|" + std::to_string(seq) + "|" +
                                       std::to_string(instant) + "|" + bytes);
}

// Where the chain starts: the last access that was purged. Sealed, so that nobody without the key moves it.
std::string ChainedAcces::sealed(const Maillon &start) const {
  const std::string plain =
      std::to_string(start.seq) + ":" + std::to_string(start.instant) + ":" + crypto::hex(start.empreinte);
  return plain + ":" + crypto::hex(crypto::hmac_sha256(key_, "depart|" + plain));
}
std::optional<ChainedAcces::Maillon> ChainedAcces::depart() const {
  const std::string held = setting("depart");
  const std::size_t first = held.find(':'), second = held.find(':', first + 1);
  Maillon start;
  const auto seq = feel::Number::parse(held.substr(0, first));
  const auto instant =
      second == std::string::npos ? std::nullopt : feel::Number::parse(held.substr(first + 1, second - first - 1));
  if (!seq || !instant || !crypto::from_hex(held.substr(second + 1, 64), start.empreinte))
    return std::nullopt;
  start.seq = seq->to_int64().value_or(-1);
  start.instant = instant->to_int64().value_or(0);
  return sealed(start) == held ? std::optional(start) : std::nullopt;
}

ChainedAcces::Maillon ChainedAcces::start() const {
  const auto found = depart();
  if (!found)
    throw Error(
        {Code::store_corrupt, Level::error, "where the chain of accesses starts was edited", {}, "Restore a backup."});
  return *found;
}

ChainedAcces::Maillon ChainedAcces::last() const {
  const auto found = last_line();
  return found ? whole(*found) : start();
}

ChainedAcces::Maillon ChainedAcces::whole(const LigneAcces &line) {
  if (!line.maillon)
    throw Error({Code::store_corrupt, Level::error, "a link of the chain has not its size", {}, {}});
  return {line.seq, line.instant, *line.maillon};
}

} // namespace spie::store
