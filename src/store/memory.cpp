#include "spie/store/memory.hpp"

#include "store/chained.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace spie::store {

namespace {

using dossier::Cle;
using dossier::Evenement;
using dossier::Sujet;

class MemoryJournal final : public ChainedJournal {
public:
  explicit MemoryJournal(const Options &options) : ChainedJournal(Keys::draw(crypto::system_entropy), options) {}

  void begin() override {
    begun_at_ = lines_.size();
    subjects_before_ = subjects_;
  }
  void commit() override {
    begun_at_.reset();
    forgotten_.clear();
  }

  using Journal::lookup;
  std::vector<Sujet> lookup(std::string_view kind, std::string_view value, std::size_t limit) override {
    const auto found = keys_of_.find({std::string(kind), std::string(value)});
    if (found == keys_of_.end())
      return {};
    const auto &all = found->second;
    return {all.begin(), limit < all.size() ? std::next(all.begin(), static_cast<std::ptrdiff_t>(limit)) : all.end()};
  }
  std::vector<dossier::Trouve> keyed(std::string_view kind, std::string_view prefix, std::string_view after,
                                     std::size_t limit) override {
    std::vector<dossier::Trouve> result;
    auto at = after < prefix ? keys_of_.lower_bound({std::string(kind), std::string(prefix)})
                             : keys_of_.upper_bound({std::string(kind), std::string(after)});
    for (; limit > 0 && at != keys_of_.end() && at->first.first == kind && at->first.second.starts_with(prefix);
         ++at, --limit)
      for (const Sujet &subject : at->second)
        result.push_back({at->first.second, subject});
    return result;
  }
  std::vector<Sujet> subjects(dossier::Genre genre, std::string_view after, std::size_t limit) override {
    std::vector<Sujet> result;
    for (auto at = subjects_.upper_bound(Sujet{genre, std::string(after)});
         at != subjects_.end() && at->first.genre == genre && result.size() < limit; ++at)
      result.push_back(at->first);
    return result;
  }
  void backup(const std::string &) override {
    throw Error(
        {Code::store_unsupported, Level::error, "a store in memory has no backup", {}, "Open an SQLite store."});
  }
  void scrub() override {}
  void adopt_keys(std::string_view) override {
    throw Error(
        {Code::store_unsupported, Level::error, "a store in memory keeps no keys", {}, "Open an SQLite store."});
  }

private:
  bool in_batch() const override { return begun_at_.has_value(); }
  void give_up() noexcept override {
    if (!begun_at_)
      return;
    for (auto &[seq, body] : forgotten_)
      lines_[static_cast<std::size_t>(seq - 1)].corps = std::move(body);
    forgotten_.clear();
    back_to(*begun_at_);
    begun_at_.reset();
    subjects_ = std::move(subjects_before_);
    index();
  }
  void begin_part() override { part_at_ = lines_.size(); }
  void end_part(bool keep) override {
    if (keep)
      return;
    back_to(part_at_); // a subject that it added stays, without events
    index();
  }
  void back_to(std::size_t count) noexcept {
    while (lines_.size() > count)
      lines_.pop_back();
  }
  std::optional<Entete> last() override { return lines_.empty() ? std::nullopt : std::optional(lines_.back().entete); }
  std::optional<Jeton> token(const Sujet &subject) override {
    const auto found = subjects_.find(subject);
    return found == subjects_.end() ? std::nullopt : std::optional(found->second);
  }
  void add_subject(const Sujet &subject, const Jeton &token) override { subjects_.emplace(subject, token); }

  void write(const Ligne &line, const Evenement &event, const std::vector<Cle> &keys) override {
    lines_.push_back(line);
    enter(event, keys);
  }
  std::vector<Ligne> lines_about(const Sujet &subject, std::int64_t after) override {
    std::vector<Ligne> result;
    if (const auto found = about_.find(subject); found != about_.end())
      for (const std::int64_t seq : found->second)
        if (seq > after)
          result.push_back(at(seq));
    return result;
  }
  std::optional<Ligne> line_of(std::string_view event_id) override {
    const auto found = ids_.find(event_id);
    return found == ids_.end() ? std::nullopt : std::optional(at(found->second));
  }
  std::optional<std::string> corrected_by(std::string_view event_id) override {
    const auto found = corrections_.find(event_id);
    return found == corrections_.end() ? std::nullopt : std::optional(found->second);
  }
  void each_line(std::int64_t from, std::int64_t until, const std::function<void(const Ligne &)> &visit) override {
    for (std::int64_t seq = std::max<std::int64_t>(from, 1);
         seq <= std::min(until, static_cast<std::int64_t>(lines_.size())); ++seq)
      visit(at(seq));
  }
  std::int64_t forget(const Jeton &token) override {
    std::int64_t count = 0;
    for (Ligne &line : lines_)
      if (line.entete.jeton == token && line.corps) {
        forgotten_.emplace_back(line.entete.seq, std::move(*line.corps));
        line.corps.reset();
        ++count;
      }
    std::erase_if(subjects_, [&](const auto &entry) { return entry.second == token; });
    index();
    return count;
  }

  const Ligne &at(std::int64_t seq) const { return lines_[static_cast<std::size_t>(seq - 1)]; }

  void enter(const Evenement &event, const std::vector<Cle> &keys) {
    const std::int64_t seq = event.seq;
    ids_.emplace(event.id, seq);
    if (!event.corrige.empty())
      corrections_.emplace(event.corrige, event.id);
    for (const Sujet &subject : event.sujets)
      if (subjects_.contains(subject)) // one that was erased is found no more
        about_[subject].push_back(seq);
    for (const Cle &key : keys)
      keys_of_[{key.genre, key.valeur}].insert(event.sujets.front());
  }
  // Everything that is found by, from the lines alone.
  void index() {
    ids_.clear();
    corrections_.clear();
    about_.clear();
    keys_of_.clear();
    for (const Ligne &line : lines_)
      if (line.corps) {
        const Evenement event = decode(line);
        enter(event, dossier::keys_of(event));
      }
  }

  std::vector<Ligne> lines_;
  std::optional<std::size_t> begun_at_;
  std::size_t part_at_ = 0;
  std::vector<std::pair<std::int64_t, Corps>> forgotten_; // in this batch, which may be given up
  std::map<Sujet, Jeton> subjects_, subjects_before_;
  std::map<std::string, std::int64_t, std::less<>> ids_;
  std::map<std::string, std::string, std::less<>> corrections_;
  std::map<Sujet, std::vector<std::int64_t>> about_;
  std::map<std::pair<std::string, std::string>, std::set<Sujet>> keys_of_;
};

} // namespace

std::unique_ptr<dossier::Journal> open_memory(const Options &options) {
  return std::make_unique<MemoryJournal>(options);
}

} // namespace spie::store
