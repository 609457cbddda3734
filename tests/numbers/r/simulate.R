# Our own data for the figures of R: nobody's answers. Writes items.csv, scores.csv and drivers.csv.
# Run in this folder: Rscript simulate.R && Rscript reliability.R && Rscript agreement.R && Rscript pooling.R && Rscript drivers.R && Rscript counts.R

RNGversion("4.0.0")
set.seed(20261126)

ordinal <- function(latent) findInterval(latent, c(-2.3, -1.35, -0.55, 0.75)) + 1
answers <- function(people, items, groups, between = 0.4, person = 0.85, item = 0.95) {
  team <- rnorm(max(groups), sd = between)
  trait <- team[groups] + rnorm(people, sd = person)
  trait + matrix(rnorm(people * items, sd = item), people)
}
sizes <- function(some) rep(seq_along(some), some)
case <- function(name, groups, x) {
  x <- cbind(x, matrix(NA, nrow(x), 6 - ncol(x)))
  colnames(x) <- paste0("i", 1:6)
  data.frame(case = name, group = groups, x)
}

unequal <- sizes(c(2, 3, 5, 5, 6, 7, 8, 9, 10, 12, 14, 19, 20))
likert <- ordinal(answers(length(unequal), 4, unequal))
dim(likert) <- c(length(unequal), 4)
missing <- likert
missing[runif(length(missing)) < 0.08] <- NA
reversed <- likert
reversed[, 2] <- 6 - reversed[, 2]
thirds <- sizes(rep(10, 6))
continuous <- round(sweep(answers(60, 5, thirds), 2, c(0.5, 1, 1.5, 2, 3), "*"), 6)
tiny <- sizes(c(3, 3))
few <- ordinal(answers(6, 3, tiny)); dim(few) <- c(6, 3)
two <- likert[, 1:2]
# one item is all but the factor itself: its uniqueness is estimated as none
trait <- rnorm(60)
heywood <- round(cbind(trait, 0.9 * trait + rnorm(60, sd = 0.5), 0.3 * trait + rnorm(60), 0.2 * trait + rnorm(60)), 6)
unrelated <- round(matrix(rnorm(120 * 4), 120), 6)
items <- rbind(
  case("complete", unequal, likert), case("missing", unequal, missing),
  case("reversed", unequal, reversed), case("continuous", thirds, continuous),
  case("tiny", tiny, few), case("two", unequal, two), case("heywood", thirds, heywood),
  case("unrelated", sizes(rep(10, 12)), unrelated)
)
write.csv(items, "items.csv", row.names = FALSE, na = "", quote = FALSE)

scored <- function(name, groups, y) data.frame(case = name, group = groups, score = y)
clustered <- function(groups, between, within = 0.7)
  round(3.6 + rnorm(max(groups), sd = between)[groups] + rnorm(length(groups), sd = within), 6)
uneven <- sizes(c(1, 2, 3, 5, 5, 8, 8, 9, 13, 21, 40))
balanced <- sizes(rep(6, 15))
# groups differ less than chance would have it
alike <- ave(rnorm(90), balanced, FUN = function(z) z - mean(z)) + 3.5 + rnorm(15, sd = 0.1)[balanced]
means <- rowMeans(missing, na.rm = TRUE)
scores <- rbind(
  scored("uneven", uneven, clustered(uneven, 0.4)), scored("balanced", balanced, clustered(balanced, 0.3)),
  scored("strong", balanced, clustered(balanced, 1.5, 0.2)), scored("weak", uneven, clustered(uneven, 0.1)),
  scored("boundary", balanced, round(alike, 6)), scored("likert", unequal, round(means, 6)),
  scored("two", sizes(c(5, 9)), clustered(sizes(c(5, 9)), 1)),
  scored("missing", uneven, replace(clustered(uneven, 0.5), c(1, 7, 30, 31, 99), NA))
)
write.csv(scores, "scores.csv", row.names = FALSE, na = "", quote = FALSE)

driven <- function(name, people, slopes, common, noise) {
  halo <- rnorm(people)
  x <- round(sqrt(common) * halo + sqrt(1 - common) * matrix(rnorm(people * length(slopes)), people), 6)
  y <- round(c(x %*% slopes) + rnorm(people, sd = noise), 6)
  x <- cbind(x, matrix(NA, people, 6 - ncol(x)))
  colnames(x) <- paste0("x", 1:6)
  data.frame(case = name, x, y = y)
}
gaps <- driven("missing", 90, c(0.5, 0.2, 0.1, 0), 0.4, 1)
gaps$x1[c(3, 50)] <- NA
gaps$y[c(7, 50)] <- NA
drivers <- rbind(
  driven("six", 150, c(0.5, 0.3, 0.2, 0.1, 0, -0.3), 0.5, 1), driven("apart", 120, c(0.6, 0.3, 0.1), 0, 1),
  driven("one", 40, 0.5, 0, 1), driven("alike", 130, c(0.4, 0.3, 0.2, 0.1), 0.9, 1), gaps
)
write.csv(drivers, "drivers.csv", row.names = FALSE, na = "", quote = FALSE)
