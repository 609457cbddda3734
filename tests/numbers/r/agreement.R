# Within-group agreement per group (multilevel; with missing answers by hand, since Debian's
# multilevel 2.7 drops incomplete people from rwg.j and later ones do not), and ICC by ANOVA.
# Reads items.csv and scores.csv, writes agreement.csv.

suppressMessages(library(multilevel))
found <- data.frame(case = character(), figure = character(), group = character(), value = numeric())
say <- function(case, figure, group, value) found[nrow(found) + 1, ] <<- list(case, figure, as.character(group), value)

items <- read.csv("items.csv")
for (name in c("complete", "missing", "reversed", "tiny", "two")) {
  some <- items[items$case == name, ]
  x <- some[, paste0("i", 1:6)]
  x <- x[, colSums(!is.na(x)) > 0]
  for (v in c(2, 1.34)) {
    figure <- if (v == 2) "uniform" else "skewed"
    if (anyNA(x)) {
      for (g in unique(some$group)) {
        s <- min(mean(apply(x[some$group == g, ], 2, var, na.rm = TRUE), na.rm = TRUE), v)
        j <- ncol(x)
        say(name, figure, g, j * (1 - s / v) / (j * (1 - s / v) + s / v))
      }
    } else {
      r <- rwg.j(x, some$group, ranvar = v)
      for (i in seq_len(nrow(r))) say(name, figure, r$grpid[i], r$rwg.j[i])
    }
  }
  d <- ad.m(x, some$group, type = "median")
  for (i in seq_len(nrow(d))) say(name, "deviation", d$grpid[i], d$AD.M[i])
}

scores <- read.csv("scores.csv")
for (name in unique(scores$case)) {
  some <- na.omit(scores[scores$case == name, ])
  fit <- aov(score ~ factor(group), some)
  size <- table(some$group)
  ms <- summary(fit)[[1]][, "Mean Sq"]
  n0 <- (sum(size) - sum(size^2) / sum(size)) / (length(size) - 1)
  say(name, "icc1", "", (ms[1] - ms[2]) / (ms[1] + (n0 - 1) * ms[2]))
  say(name, "icc2", "", ICC2(fit))
  if (length(unique(size)) == 1) say(name, "multilevel", "", ICC1(fit))
}
found$value <- format(found$value, digits = 15, trim = TRUE)
write.csv(found, "agreement.csv", row.names = FALSE, quote = FALSE)
