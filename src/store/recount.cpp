#include "store/recount.hpp"

#include "spie/json.hpp"

#include <algorithm>
#include <set>

namespace spie::store {

namespace {

using dossier::Evenement;
using dossier::Sujet;
using sqlite::Database;
using sqlite::Statement;
using sqlite::Use;

// A key as sixteen bytes: all of those of a département are held at once. The digest is of what a row says, so that a
// row that was edited is another key.
struct Attendue {
  std::array<std::uint8_t, 16> empreinte{};
  std::int64_t seq = 0; // of the first event that makes it
  friend bool operator<(const Attendue &a, const Attendue &b) {
    return a.empreinte != b.empreinte ? a.empreinte < b.empreinte : a.seq < b.seq;
  }
};

std::array<std::uint8_t, 16> digest_of(std::string_view kind, std::string_view value, std::int64_t subject) {
  const crypto::Digest whole =
      crypto::sha256({kind, std::string_view("\0", 1), value, std::string_view("\0", 1), std::to_string(subject)});
  std::array<std::uint8_t, 16> half{};
  std::copy_n(whole.begin(), half.size(), half.begin());
  return half;
}

class Recount final : public Releve {
public:
  Recount(const Database &database, Constat fault)
      : reading_(database), database_(database), fault_(std::move(fault)),
        row_(database.prepare("SELECT c.id, c.corrige, c.sujet, s.genre, s.id, s.jeton FROM contenus c LEFT JOIN "
                              "sujets s ON s.n = c.sujet WHERE c.seq = ?")),
        subject_(database.prepare("SELECT n FROM sujets WHERE genre = ? AND id = ?")),
        link_(database.prepare("SELECT 1 FROM liens WHERE sujet = ? AND seq = ?")) {}

  void see(const Ligne &line, const Evenement &event) override {
    const std::int64_t seq = line.entete.seq;
    ++contents_;
    std::int64_t owner = 0;
    {
      Use row(row_);
      row->bind(1, seq);
      if (!row->step())
        return fault_(seq, "the row of its content is missing");
      owner = row->number(2);
      if (row->text(0) != event.id)
        fault_(seq, "it is found under another id than its own");
      if (row->text(1) != event.corrige || row->is_null(1) != event.corrige.empty())
        fault_(seq, "what it corrects is not what it says");
      Jeton token{};
      if (row->text(3) != text(event.sujets.front().genre) || row->text(4) != event.sujets.front().id)
        fault_(seq, "it is kept under another subject than its own");
      else if (!row->bytes(5, token) || token != line.entete.jeton)
        fault_(seq, "the token of its subject is not that of the chain");
    }
    for (const Sujet &subject : std::set<Sujet>(event.sujets.begin(), event.sujets.end())) {
      const auto number = number_of(subject);
      if (!number) {
        gone_.insert(subject);
        continue;
      }
      Use link(link_);
      link->bind(1, *number).bind(2, seq);
      if (link->step())
        ++links_;
      else if (*number == owner)
        missing_link(seq, subject);
      else
        unlinked_.push_back({seq, *number, subject});
    }
    if (event.type == "effacement")
      erased_at_.push_back(seq);
    for (const dossier::Cle &key : dossier::keys_of(event))
      keys_.push_back({digest_of(key.genre, key.valeur, owner), seq});
  }

  void end(std::size_t erasures) override {
    look_for_namesakes();
    if (gone_.size() > erasures)
      fault_(0, std::to_string(gone_.size()) + " subjects that events name are not there (" +
                    gone_.begin()->to_string() + "…), for " + std::to_string(erasures) + " erasures");
    if (database_.number("SELECT count(*) FROM contenus") != contents_)
      fault_(0, "there are contents of events that the chain does not hold");
    if (database_.number("SELECT count(*) FROM liens") != links_)
      extra_links();
    Statement orphan =
        database_.prepare("SELECT genre, id FROM sujets WHERE NOT EXISTS (SELECT 1 FROM liens WHERE sujet = "
                          "sujets.n)");
    while (orphan.step())
      fault_(0, "no event names the subject " + orphan.text(0) + ":" + orphan.text(1));
    compare_keys();
    for (const std::string &said : database_.faults())
      fault_(0, "the file is damaged: " + said);
  }

private:
  std::optional<std::int64_t> number_of(const Sujet &subject) {
    if (const auto known = numbers_.find(subject); known != numbers_.end())
      return known->second;
    Use use(subject_);
    use->bind(1, text(subject.genre)).bind(2, subject.id);
    const auto number = use->step() ? std::optional(use->number(0)) : std::nullopt;
    constexpr std::size_t most = 1'024; // the events of one person often stand together
    if (numbers_.size() == most)
      numbers_.clear();
    numbers_.emplace(subject, number);
    return number;
  }

  struct Unlinked {
    std::int64_t seq = 0, number = 0;
    Sujet subject;
  };

  void missing_link(std::int64_t seq, const Sujet &subject) {
    fault_(seq, "it is not found from " + subject.to_string() + ", which it names");
  }

  // Somebody who was erased after the event, and came back under the same id, is somebody new: the events of others
  // that named the first one do not name the second.
  void look_for_namesakes() {
    Statement first = database_.prepare("SELECT min(seq) FROM liens WHERE sujet = ?");
    for (const Unlinked &one : unlinked_) {
      Use use(first);
      use->bind(1, one.number);
      const std::int64_t began = use->step() ? use->number(0) : 0;
      const auto erased = std::ranges::upper_bound(erased_at_, one.seq);
      if (erased != erased_at_.end() && *erased < began)
        gone_.insert(one.subject);
      else
        missing_link(one.seq, one.subject);
    }
  }

  void extra_links() {
    fault_(0, "there are more links, or fewer, than events make");
    Statement rows = database_.prepare("SELECT l.seq, s.genre, s.id, c.octets FROM liens l LEFT JOIN sujets s ON s.n = "
                                       "l.sujet LEFT JOIN contenus c ON c.seq = l.seq");
    while (rows.step()) {
      bool named = false;
      const std::string name = rows.text(1) + ":" + rows.text(2);
      try {
        const Evenement event = dossier::read_evenement(read_json(rows.text(3)));
        named = std::ranges::any_of(event.sujets, [&](const Sujet &one) { return one.to_string() == name; });
      } catch (const Error &) { // told already
      }
      if (!named)
        fault_(rows.number(0), "it is found from " + name + ", which it does not name");
    }
  }

  void compare_keys() {
    std::ranges::sort(keys_, std::less<>());
    const auto same = [](const Attendue &a, const Attendue &b) { return a.empreinte == b.empreinte; };
    keys_.erase(std::unique(keys_.begin(), keys_.end(), same), keys_.end());
    std::vector<bool> found(keys_.size(), false);
    Statement rows = database_.prepare("SELECT k.genre, k.valeur, k.sujet, s.genre, s.id FROM cles k LEFT JOIN sujets "
                                       "s ON s.n = k.sujet");
    while (rows.step()) {
      const Attendue key{digest_of(rows.text(0), rows.text(1), rows.number(2)), 0};
      const auto at = std::ranges::lower_bound(keys_, key, std::less<>());
      if (at != keys_.end() && at->empreinte == key.empreinte)
        found[static_cast<std::size_t>(at - keys_.begin())] = true;
      else
        fault_(0, rows.text(3) + ":" + rows.text(4) + " is found by a key '" + rows.text(0) + "' that no event makes");
    }
    for (std::size_t i = 0; i < keys_.size(); ++i)
      if (!found[i])
        fault_(keys_[i].seq, "a key of search that it makes is missing");
  }

  sqlite::Reading reading_;
  const Database &database_;
  Constat fault_;
  Statement row_, subject_, link_;
  std::int64_t contents_ = 0, links_ = 0;
  std::set<Sujet> gone_; // named by events, and not there
  std::vector<Unlinked> unlinked_;
  std::vector<std::int64_t> erased_at_;
  std::vector<Attendue> keys_;
  std::map<Sujet, std::optional<std::int64_t>> numbers_;
};

} // namespace

std::unique_ptr<Releve> recount(const Database &database, const Constat &fault) {
  return std::make_unique<Recount>(database, fault);
}

} // namespace spie::store
