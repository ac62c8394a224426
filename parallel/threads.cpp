#include "parallel/threads.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace fpk::parallel {
namespace {

/// Threads that sleep between loops; the caller is worker 0.
class Pool {
 public:
  explicit Pool(std::size_t count) {
    for (std::size_t w = 1; w < count; ++w)
      workers_.emplace_back([this, w](const std::stop_token& stop) { serve(stop, w); });
  }
  ~Pool() {
    for (auto& w : workers_) w.request_stop();
    wake_.notify_all();
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  [[nodiscard]] std::size_t size() const { return workers_.size() + 1; }

  void run(const std::function<void(std::size_t)>& task) {
    {
      const std::scoped_lock lock(mutex_);
      task_ = &task;
      running_ = workers_.size();
      ++generation_;
    }
    wake_.notify_all();
    task(0);
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return running_ == 0; });
    task_ = nullptr;
  }

 private:
  void serve(const std::stop_token& stop, std::size_t worker) {
    std::size_t seen = 0;
    while (true) {
      const std::function<void(std::size_t)>* task = nullptr;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, stop, [&] { return generation_ != seen; });
        if (stop.stop_requested()) return;
        seen = generation_;
        task = task_;
      }
      (*task)(worker);
      {
        const std::scoped_lock lock(mutex_);
        --running_;
      }
      done_.notify_one();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any wake_, done_;
  const std::function<void(std::size_t)>* task_ = nullptr;
  std::size_t running_ = 0, generation_ = 0;
  std::vector<std::jthread> workers_;
};

std::unique_ptr<Pool>& pool() {
  static std::unique_ptr<Pool> the_pool = std::make_unique<Pool>(1);
  return the_pool;
}

}  // namespace

std::size_t use_threads(std::size_t count) {
  if (count == 0) count = std::max(1U, std::thread::hardware_concurrency());
  if (count != pool()->size()) pool() = std::make_unique<Pool>(count);
  return count;
}

std::size_t threads() { return pool()->size(); }

void for_each_chunk(std::size_t n, std::size_t chunk,
                    const std::function<void(std::size_t, std::size_t, std::size_t)>& body) {
  if (n == 0) return;
  if (n <= chunk || threads() == 1) {
    for (std::size_t begin = 0; begin < n; begin += chunk) body(begin, std::min(n, begin + chunk), 0);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  pool()->run([&](std::size_t worker) {
    try {
      for (std::size_t begin = next.fetch_add(chunk); begin < n; begin = next.fetch_add(chunk))
        body(begin, std::min(n, begin + chunk), worker);
    } catch (...) {
      const std::scoped_lock lock(failure_mutex);
      failure = std::current_exception();
      next = n;
    }
  });
  if (failure) std::rethrow_exception(failure);
}

double pairwise_sum(const double* terms, std::size_t n) {
  if (n <= 8) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += terms[i];
    return sum;
  }
  const std::size_t half = n / 2;
  return pairwise_sum(terms, half) + pairwise_sum(terms + half, n - half);
}

}  // namespace fpk::parallel
